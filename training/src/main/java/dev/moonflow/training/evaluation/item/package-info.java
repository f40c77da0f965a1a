/** Questions with their pictures and their right answers, one after the other. */
package dev.moonflow.training.evaluation.item;
