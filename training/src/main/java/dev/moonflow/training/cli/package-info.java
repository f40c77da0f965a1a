/** The commands train, data and evaluate. */
package dev.moonflow.training.cli;
