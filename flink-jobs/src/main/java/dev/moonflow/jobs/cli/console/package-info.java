/**
 * What a person at a terminal sees: where output goes, text made safe to print, tables, durations
 * and sizes, and the folders that the command line keeps its own files in.
 *
 * <p>Plain Java; knows neither Flink nor Kafka nor the model.
 */
package dev.moonflow.jobs.cli.console;
