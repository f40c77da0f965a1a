/**
 * Reads the output topics as a consumer that sees committed results only, and shows each record as
 * a row of a table or as a line of JSON, dead letters included.
 */
package dev.moonflow.jobs.cli.results;
