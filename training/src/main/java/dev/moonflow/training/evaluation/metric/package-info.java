/**
 * What an answer is worth: a {@link dev.moonflow.training.evaluation.metric.Metric} compares the
 * text that a model wrote with a {@link dev.moonflow.training.evaluation.metric.Target}.
 *
 * <p>Rules follow the benchmarks' own scripts in spirit, with one difference: where those let a
 * language model find the answer in a long text, or guess when nothing is found, rules do it here
 * and what is not found is wrong.
 */
package dev.moonflow.training.evaluation.metric;
