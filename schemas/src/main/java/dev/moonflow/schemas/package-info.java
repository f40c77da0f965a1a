/**
 * Avro contracts of every topic and of training examples, and the records generated from them.
 *
 * <p>Lives here: {@code src/main/avro} (one file a record, shared parts under {@code common/}), the
 * names of the default topics, and {@code src/main/avro-history}, the committed earlier versions
 * that a test holds each record to (BACKWARD: a new reader reads old data). May use Avro and
 * nothing else.
 */
package dev.moonflow.schemas;
