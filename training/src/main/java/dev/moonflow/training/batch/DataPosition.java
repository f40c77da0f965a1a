package dev.moonflow.training.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/**
 * Where a run stands in its data: nothing but counters.
 *
 * @param item items taken from the mixture
 * @param taken items taken from each of its sources
 */
public record DataPosition(long item, long[] taken) {

  public DataPosition {
    taken = taken.clone();
  }

  /** The beginning of a mixture of so many sources. */
  public static DataPosition start(int sources) {
    return new DataPosition(0, new long[sources]);
  }

  /** After one more item of a source. */
  DataPosition after(int source) {
    long[] next = taken.clone();
    next[source]++;
    return new DataPosition(item + 1, next);
  }

  /** Items taken from one source. */
  long taken(int source) {
    return taken[source];
  }

  /** As JSON. */
  public ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("item", item);
    Arrays.stream(taken).forEach(node.putArray("taken")::add);
    return node;
  }

  /**
   * From JSON.
   *
   * @throws IllegalArgumentException if it is of a mixture with another number of sources
   */
  public static DataPosition of(JsonNode node, int sources) {
    JsonNode taken = node.path("taken");
    if (!node.path("item").isIntegralNumber() || taken.size() != sources) {
      throw new IllegalArgumentException(
          "the data position is of " + taken.size() + " sources, the mixture has " + sources);
    }
    long[] counts = new long[sources];
    for (int i = 0; i < sources; i++) {
      counts[i] = taken.get(i).longValue();
    }
    return new DataPosition(node.path("item").longValue(), counts);
  }

  @Override
  public long[] taken() {
    return taken.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataPosition that
        && item == that.item
        && Arrays.equals(taken, that.taken);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(item) + 31 * Arrays.hashCode(taken);
  }

  @Override
  public String toString() {
    return "item " + item + ", taken " + Arrays.toString(taken);
  }
}
