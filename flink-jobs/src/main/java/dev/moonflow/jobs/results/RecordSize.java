package dev.moonflow.jobs.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * What a record weighs in Kafka, from above: fields and what batch and record put around them. A
 * record that the broker refuses would fail the job again and again, so it must never be sent.
 */
public final class RecordSize {
  /** Says, in a dead letter that was too large, how many bytes of its value were left out. */
  public static final String VALUE_OMITTED = "moonflow.value.omitted.bytes";

  private static final int BATCH_BYTES = 128;
  private static final int HEADER_BYTES = 10;

  private RecordSize() {}

  /** Bytes of a record, headers included, rounded up. */
  public static long of(OutputRecord record) {
    long bytes = BATCH_BYTES + length(record.key()) + length(record.value());
    for (RecordHeader header : record.headers()) {
      bytes += HEADER_BYTES + header.name().getBytes(UTF_8).length + length(header.value());
    }
    return bytes;
  }

  /** The record as it is, or without its value and with a header that says so. */
  public static OutputRecord within(OutputRecord record, long bytesMax) {
    if (of(record) <= bytesMax) {
      return record;
    }
    List<RecordHeader> headers = new ArrayList<>(record.headers());
    headers.add(RecordHeader.of(VALUE_OMITTED, Long.toString(length(record.value()))));
    return new OutputRecord(record.topic(), record.key(), null, headers, record.timestamp());
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
