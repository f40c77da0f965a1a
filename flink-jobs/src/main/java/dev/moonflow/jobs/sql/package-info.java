/**
 * Flink SQL: the model provider {@code moonflow}, for {@code CREATE MODEL} and {@code ML_PREDICT}.
 *
 * <pre>
 *   CREATE MODEL --> MoonflowModelFactory --> SqlModel --> PredictFunction --> SharedEngines
 *                    (found by its name)      options and   one per subtask,   one per TaskManager,
 *                                             columns,      rows to futures    model and budget
 *                                             checked
 * </pre>
 *
 * <p>Rows that wait for an answer are kept by Flink's own asynchronous operator, in its state;
 * after a restart they are asked again, from the beginning, and get the same words.
 *
 * <p>May use perceive, ingest's constraints and seeds, settings and the model's loader in graph; of
 * Flink the table API, which a cluster has and the jar does not carry.
 */
package dev.moonflow.jobs.sql;
