/**
 * The job graph: four sources, videos where settings name them, ingest, keyed perceive and four
 * transactional sinks put together from {@link dev.moonflow.jobs.settings.Settings}, and the main
 * class for {@code flink run}.
 *
 * <p>May use every other package of flink-jobs except the command line.
 */
package dev.moonflow.jobs.graph;
