/**
 * Kafka records as values that travel through Flink, and the sources and sinks that read and write
 * them.
 *
 * <p>A source hands on the bytes as they are ({@link dev.moonflow.connectors.kafka.RawRecord});
 * decoding them is an operator's work, so that a record that cannot be decoded ends in the dead
 * letters and not in a restart. A sink takes finished bytes with their topic ({@link
 * dev.moonflow.connectors.kafka.OutputRecord}) and writes them in Kafka transactions.
 *
 * <p>Binary form of both records in Flink's state and between its operators, version 1: fields in
 * the order of the record's components; a string is an int count of UTF-8 bytes and the bytes; a
 * byte array is an int count, -1 for null, and the bytes; the headers are an int count and pairs of
 * string and byte array.
 *
 * <p>After a restart the sink commits again what the checkpoint had prepared. A transaction that
 * was committed already answers with a fenced producer; the connector logs it as an error that
 * "signals data loss", and nothing is lost (docs/decisions, 19).
 */
package dev.moonflow.connectors.kafka;
