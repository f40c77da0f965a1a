/**
 * Experiments whose outcome the documents cite: which optimizer needs fewer steps on the same small
 * language model. Made-up text, fixed seeds, one thread; each is a command that anybody can repeat.
 */
package dev.moonflow.training.experiment;
