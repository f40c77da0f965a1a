/**
 * The commands below {@code moonflow data}: options in, jobs of {@code data.job} run, words out.
 */
package dev.moonflow.training.cli.data;
