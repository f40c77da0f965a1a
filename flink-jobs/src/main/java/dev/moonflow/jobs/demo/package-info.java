/**
 * The demo: broker, registry and Flink in one process, the bundled samples through the whole job,
 * and a count of what came out against what went in.
 *
 * <p>May use every package of flink-jobs but the commands of {@code jobs.cli} themselves.
 */
package dev.moonflow.jobs.demo;
