/**
 * Events that could not be processed, on their way to the dead letters: the original bytes and
 * headers, and beside them Kafka Connect's {@code __connect.errors.*} headers, which the tools
 * around Kafka know.
 */
package dev.moonflow.connectors.deadletter;
