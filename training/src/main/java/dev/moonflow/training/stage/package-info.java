/**
 * The training stages of SPEC sections 12.2 and 12.3: what each one optimises, on what data, and
 * which tensors it trains.
 */
package dev.moonflow.training.stage;
