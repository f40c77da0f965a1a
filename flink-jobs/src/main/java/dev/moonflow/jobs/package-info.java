/** The Flink side of Moonflow: settings, operators, job graphs and the command line. */
package dev.moonflow.jobs;
