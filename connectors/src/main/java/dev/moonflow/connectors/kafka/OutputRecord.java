package dev.moonflow.connectors.kafka;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A Kafka record that is ready to be written: finished bytes and the topic they go to. The
 * partition follows from the key.
 *
 * @param topic where it goes
 * @param key the key's bytes, or null; never written again
 * @param value the value's bytes, or null; never written again
 * @param headers in the order in which they are written
 * @param timestamp milliseconds since the epoch, or null for the time of writing
 */
@TypeInfo(OutputRecordTypeFactory.class)
public record OutputRecord(
    String topic, byte[] key, byte[] value, List<RecordHeader> headers, Long timestamp)
    implements Serializable {

  /** How Flink moves and stores it. */
  public static final TypeInformation<OutputRecord> TYPE =
      new CodecTypeInformation<>(OutputRecord.class, OutputRecordSerializer.INSTANCE);

  public OutputRecord {
    Objects.requireNonNull(topic, "topic");
    headers = List.copyOf(headers);
    if (timestamp != null && timestamp < 0) {
      throw new IllegalArgumentException(
          "timestamp of a record must not be negative: " + timestamp);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutputRecord that
        && topic.equals(that.topic)
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && headers.equals(that.headers)
        && Objects.equals(timestamp, that.timestamp);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, Arrays.hashCode(key), Arrays.hashCode(value));
  }

  @Override
  public String toString() {
    return "OutputRecord["
        + topic
        + ", "
        + (value == null ? "no value" : value.length + " bytes")
        + ", "
        + headers.size()
        + " headers]";
  }
}
