/**
 * What came of a run, in Markdown for people and JSON for programs, beside what others published. A
 * report is a function of its answer files: it holds no time, no path and no name of a machine.
 */
package dev.moonflow.training.evaluation.report;
