package dev.moonflow.training.distributed;

import java.util.EnumMap;
import java.util.Map;

/**
 * Bytes that this rank has sent to others, by collective. What is counted is what Gloo's algorithms
 * put on the wire for payload; framing and the store are left out.
 */
public final class Traffic {
  private final Map<Collective, Long> bytes = new EnumMap<>(Collective.class);

  void add(Collective collective, long sent) {
    bytes.merge(collective, sent, Long::sum);
  }

  /** Bytes sent in one kind of collective since the last {@link #clear}. */
  public long bytes(Collective collective) {
    return bytes.getOrDefault(collective, 0L);
  }

  /** Bytes sent since the last {@link #clear}. */
  public long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Counts from zero again, for instance at the beginning of a step. */
  public void clear() {
    bytes.clear();
  }

  @Override
  public String toString() {
    return bytes.toString();
  }
}
