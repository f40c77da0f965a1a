/**
 * What is measured: areas, tasks and the figures that were published. All three are YAML resources
 * beside this package; users' own tasks have the same form.
 */
package dev.moonflow.training.evaluation.task;
