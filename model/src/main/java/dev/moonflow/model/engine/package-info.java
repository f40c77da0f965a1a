/**
 * The generation engine: requests, continuous batching under budgets, sampling, and progress as
 * immutable values.
 */
package dev.moonflow.model.engine;
