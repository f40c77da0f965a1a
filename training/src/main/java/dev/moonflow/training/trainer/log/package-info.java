/** What people see of a run: a table of all steps, curves, event files, and a line that moves. */
package dev.moonflow.training.trainer.log;
