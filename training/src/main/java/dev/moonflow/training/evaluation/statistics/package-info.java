/** Intervals of measured scores: Wilson's for proportions, percentile bootstraps for the rest. */
package dev.moonflow.training.evaluation.statistics;
