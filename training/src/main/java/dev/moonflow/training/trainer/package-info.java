/**
 * The loop that every stage shares: recipe, steps, accumulation, checkpoints, resumption, logs,
 * plots.
 */
package dev.moonflow.training.trainer;
