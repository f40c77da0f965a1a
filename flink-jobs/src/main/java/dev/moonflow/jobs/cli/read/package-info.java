/**
 * Reads one file with a model in this process: its images one after the other, each answer shown as
 * its tokens arrive. Knows the model and the media readers; neither Flink nor Kafka.
 */
package dev.moonflow.jobs.cli.read;
