package dev.moonflow.connectors.kafka;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A Kafka record as it arrived: position, bytes and headers, nothing decoded.
 *
 * @param topic where it was read
 * @param partition where it was read
 * @param offset where it was read
 * @param timestamp milliseconds since the epoch as Kafka has it, -1 when it has none
 * @param key the key's bytes, or null; never written again
 * @param value the value's bytes, or null for a tombstone; never written again
 * @param headers in the order of the record
 */
@TypeInfo(RawRecordTypeFactory.class)
public record RawRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte[] key,
    byte[] value,
    List<RecordHeader> headers)
    implements Serializable {

  /** How Flink moves and stores it. */
  public static final TypeInformation<RawRecord> TYPE =
      new CodecTypeInformation<>(RawRecord.class, RawRecordSerializer.INSTANCE);

  public RawRecord {
    Objects.requireNonNull(topic, "topic");
    headers = List.copyOf(headers);
  }

  /** {@code topic-partition@offset}, for messages. */
  public String position() {
    return topic + "-" + partition + "@" + offset;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawRecord that
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset
        && timestamp == that.timestamp
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && headers.equals(that.headers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, partition, offset);
  }

  @Override
  public String toString() {
    return "RawRecord["
        + position()
        + ", "
        + (value == null ? "no value" : value.length + " bytes")
        + "]";
  }
}
