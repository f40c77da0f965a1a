/**
 * The generators of every category (SPEC section 12.4), by name in {@link
 * dev.moonflow.training.data.generate.Generators}. Pre-training examples are parts without roles;
 * instructions and reasoning are conversations, with the exact answer beside them.
 */
package dev.moonflow.training.data.generate;
