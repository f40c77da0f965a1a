/**
 * Results: what was perceived, as Avro records with provenance headers for the output topics. A
 * record too large for its topic goes to the dead letters; one of those leaves its value out.
 *
 * <p>May use the documents collector, perceive's types, connectors and schemas.
 */
package dev.moonflow.jobs.results;
