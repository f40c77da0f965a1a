/**
 * Videos as a Flink source: files and live sources, one split per stream, JPEG frames at a chosen
 * rate with their event time.
 *
 * <p>A record is a {@link dev.moonflow.connectors.kafka.RawRecord}, as if the frame had come
 * through Kafka: topic is the address without secrets, partition 0, offset the frame's index,
 * timestamp the clock's when it was decoded, key the stream id, value the JPEG; the header {@code
 * video_start} tells a file's beginning in ISO 8601. The stream record's timestamp is the event
 * time. A record without value says that the stream has ended, and its header {@code
 * moonflow.video.flaw}, if it has one, that it ended early, or was damaged, and where.
 *
 * <p>A split's position is the index of the next frame. A file is decoded again from its beginning
 * after a restart and what was handed on is passed over: frames depend on those before them, and
 * seeking is not exact in every format. A live source goes on with what it sends next, under the
 * next index.
 *
 * <p>State of a split, version 1: byte version | string stream id | string address (UTF, as
 * DataOutput writes it) | double frames per second | long begin, ms, or Long.MIN_VALUE | long next
 * index | long event time of the newest frame, ms. Of the enumerator, version 1: int n | n x (int
 * length | split) not assigned.
 *
 * <p>May use the readers of connectors.media and Flink's source API.
 */
package dev.moonflow.connectors.video;
