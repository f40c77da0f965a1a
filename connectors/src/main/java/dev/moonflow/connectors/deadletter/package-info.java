/**
 * Events that could not be processed, on their way to the dead letters: the original bytes and
 * headers, and beside them Kafka Connect's {@code __connect.errors.*} headers, which the tools
 * around Kafka know.
 *
 * <p>A dead letter is its event and up to 12 KiB of headers more. The dead letter topic must
 * therefore take larger records ({@code max.message.bytes}) than every input topic: a record that
 * the broker refuses fails the transaction, and with it the job.
 */
package dev.moonflow.connectors.deadletter;
