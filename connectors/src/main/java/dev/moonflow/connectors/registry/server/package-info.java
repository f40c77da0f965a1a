/**
 * The parts of {@link dev.moonflow.connectors.registry.EmbeddedRegistry}: what it remembers, how
 * compatibility is judged, and the REST interface, whose paths and error codes are those of
 * Confluent's registry. Uses Avro, Jackson and the JDK's HTTP server; nothing here is for
 * production.
 */
package dev.moonflow.connectors.registry.server;
