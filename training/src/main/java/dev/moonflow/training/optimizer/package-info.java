/**
 * Muon and AdamW over named tensors, learning-rate schedules, gradient norms (SPEC section 12.1).
 * Uses torch and the parameter list of network, knows nothing of the model.
 */
package dev.moonflow.training.optimizer;
