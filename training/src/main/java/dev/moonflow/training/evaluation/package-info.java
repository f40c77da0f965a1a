/**
 * Benchmarks as task definitions: loaders, metrics, confidence intervals, reports (SPEC section
 * 13).
 */
package dev.moonflow.training.evaluation;
