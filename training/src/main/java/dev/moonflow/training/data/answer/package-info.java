/**
 * Conversations from a model's own answers (SPEC section 12.3): the best of several for
 * instructions, those that a checker accepts for reasoning; and what became of each example.
 */
package dev.moonflow.training.data.answer;
