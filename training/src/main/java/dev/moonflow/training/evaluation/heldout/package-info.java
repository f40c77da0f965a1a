/**
 * What moonlet is judged on: examples of the generators' held-out side, whose fonts, words and
 * values no training example has. Items are made from a seed of their own; pages are read as the
 * product reads documents, line by line.
 */
package dev.moonflow.training.evaluation.heldout;
