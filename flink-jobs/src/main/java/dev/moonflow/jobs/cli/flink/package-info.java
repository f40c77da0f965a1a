/**
 * How the command line reaches what the job needs: Kafka topics, the registry's subjects, Flink in
 * this process and Flink on a cluster.
 */
package dev.moonflow.jobs.cli.flink;
