package dev.moonflow.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One header of a Kafka record. A name may occur more than once; order is kept.
 *
 * @param name the header's name
 * @param value the header's bytes, or null; never written again
 */
public record RecordHeader(String name, byte[] value) implements Serializable {
  public RecordHeader {
    Objects.requireNonNull(name, "name");
  }

  /** A header whose value is text in UTF-8. */
  public static RecordHeader of(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }

  /** The value as text in UTF-8, or null. */
  public String text() {
    return value == null ? null : new String(value, UTF_8);
  }

  /** The last header of this name, which is the one that counts in Kafka. */
  public static Optional<RecordHeader> last(List<RecordHeader> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equals(name))
        .reduce((earlier, later) -> later);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordHeader that
        && name.equals(that.name)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return name + "=" + text();
  }
}
