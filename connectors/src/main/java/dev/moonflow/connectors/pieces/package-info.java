/**
 * A Kafka source that takes large records apart: a record is handed on part by part, a document
 * page by page, and a checkpoint may lie between any two values of a part.
 *
 * <p>{@link dev.moonflow.connectors.pieces.PiecewiseSource} wraps the source of whole records.
 * Flink asks a source's reader for one value at a time, when there is room behind it and no barrier
 * is due, so that back-pressure and barriers reach into a record; an operator that wrote a whole
 * document in one call would hold both up. A thread of the reader's own takes parts a few ahead
 * ({@link dev.moonflow.connectors.pieces.PartsAhead}), so that rendering overlaps with everything
 * else. One record is open per reader: order per partition is Kafka's.
 *
 * <p>The record that is open is part of its partition's split: it moves with the partition when
 * parallelism changes, and does not depend on Kafka's keeping it. Offsets committed to the consumer
 * group are behind the open record, as they are behind everything that is in flight.
 *
 * <p>State of a split, version 101, everything big-endian; versions below 100 are the Kafka
 * connector's own form, which releases before wrote.
 *
 * <pre>
 *   int      version of the connector's form | int count | bytes of it
 *   byte     0, or 1 when a record is open, and then
 *     RawRecord, as dev.moonflow.connectors.kafka specifies it
 *     int    parts taken | int parts in all, 0 when not known
 *     int    n | n x value that was taken and has not left, as its own serializer has it
 * </pre>
 *
 * <p>May use connectors.kafka, the Kafka connector and Flink's source API.
 */
package dev.moonflow.connectors.pieces;
