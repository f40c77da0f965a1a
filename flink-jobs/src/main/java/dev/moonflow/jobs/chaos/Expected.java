package dev.moonflow.jobs.chaos;

import java.util.Arrays;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The one record that must come out of an event.
 *
 * @param topic where it must be
 * @param key its key
 * @param value its value, to the byte
 * @param headers headers that it must have, with their text
 * @param tokens that the model wrote for it
 */
record Expected(String topic, byte[] key, byte[] value, Map<String, String> headers, int tokens) {

  /** In what a record differs from what is expected; empty when in nothing. */
  String differences(String otherTopic, byte[] otherKey, byte[] otherValue, HeaderText others) {
    StringJoiner differences = new StringJoiner(", ");
    if (!topic.equals(otherTopic)) {
      differences.add("it is in " + otherTopic + " and belongs in " + topic);
    }
    if (!Arrays.equals(key, otherKey)) {
      differences.add("its key differs");
    }
    int first = mismatch(otherValue);
    if (first >= 0) {
      int bytes = otherValue == null ? 0 : otherValue.length;
      differences.add(
          "its value differs from byte " + first + " on (" + value.length + ", " + bytes + ")");
    }
    headers.forEach(
        (name, text) -> {
          if (!text.equals(others.of(name))) {
            differences.add("its header " + name + " is " + others.of(name) + ", not " + text);
          }
        });
    return differences.toString();
  }

  private int mismatch(byte[] other) {
    return other == null ? 0 : Arrays.mismatch(value, other);
  }

  /** The text of a record's header by its name, null where there is none. */
  interface HeaderText {
    /** The last header of that name. */
    String of(String name);
  }
}
