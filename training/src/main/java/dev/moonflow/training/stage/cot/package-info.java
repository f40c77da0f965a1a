/**
 * Long chain-of-thought fine-tuning (SPEC section 12.3): a small warm-up set of verified reasoning
 * traces, sampled from the model itself where it can already solve the task and generated where it
 * cannot, and a light fine-tuning on it.
 */
package dev.moonflow.training.stage.cot;
