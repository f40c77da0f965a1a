/**
 * What {@code moonflow bench} measures: the engine by itself, pages through Kafka and Flink beside
 * the same pages through the engine alone, the packing of images, and all of it beside another
 * program. Every figure comes with what it was measured on; figures that are to be compared are
 * taken in turns in one run. May use everything but the command line; only the command line uses
 * it.
 */
package dev.moonflow.jobs.bench;
