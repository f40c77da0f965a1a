/**
 * Avro records and the schema registry.
 *
 * <p>Schemas are registered once, before a job starts ({@link
 * dev.moonflow.connectors.registry.SchemaRegistration}); readers and writers inside the job only
 * look up. Values have Confluent's wire format: a zero byte, the schema id as a big-endian int, the
 * Avro binary encoding. The subject of a topic's values is the topic's name and {@code -value}.
 */
package dev.moonflow.connectors.registry;
