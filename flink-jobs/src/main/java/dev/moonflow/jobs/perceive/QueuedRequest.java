package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import java.util.Objects;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * A request as it is kept in state.
 *
 * @param timestamp of its stream record, or {@link #NO_TIMESTAMP}
 * @param request the request itself
 */
record QueuedRequest(long timestamp, PerceptionRequest request) {
  /** Stands for a stream record without a timestamp. */
  static final long NO_TIMESTAMP = Long.MIN_VALUE;

  QueuedRequest {
    Objects.requireNonNull(request, "request");
  }

  static QueuedRequest of(StreamRecord<PerceptionRequest> record) {
    long timestamp = record.hasTimestamp() ? record.getTimestamp() : NO_TIMESTAMP;
    return new QueuedRequest(timestamp, record.getValue());
  }

  /** A stream record of the same timestamp. */
  <T> StreamRecord<T> record(T value) {
    return timestamp == NO_TIMESTAMP
        ? new StreamRecord<>(value)
        : new StreamRecord<>(value, timestamp);
  }
}
