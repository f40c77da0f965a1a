package dev.moonflow.jobs.perceive;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * The requests of one subtask, waiting in line: each key's in their sequence, and watermarks behind
 * the requests that came before them. Belongs to the task's thread.
 */
class RequestLine {
  private final Map<String, Deque<InFlight>> byKey = new HashMap<>();
  private final TreeMap<Long, InFlight> byArrival = new TreeMap<>();
  private final Deque<HeldWatermark> watermarks = new ArrayDeque<>();
  private long arrivals;
  private long bytes;

  private record HeldWatermark(long lastArrival, Watermark watermark) {}

  /** The number that the next request of a key gets: the line of an idle key begins anew. */
  long nextSequence(String key) {
    Deque<InFlight> line = byKey.get(key);
    return line == null ? 0 : line.getLast().sequence() + 1;
  }

  /** Puts a request at the end of its key's line. */
  InFlight add(long sequence, QueuedRequest queued) {
    return add(new InFlight(arrivals++, sequence, queued, StoredProgress.NONE, List.of()));
  }

  /** Puts a request that was in state at the end of its key's line. */
  InFlight add(PerceiveState.Restored restored) {
    InFlight entry =
        new InFlight(
            arrivals++,
            restored.sequence(),
            restored.queued(),
            restored.progress(),
            restored.features());
    if (restored.featuresStored()) {
      entry.storesFeatures();
    }
    return add(entry);
  }

  private InFlight add(InFlight entry) {
    byKey.computeIfAbsent(entry.key(), k -> new ArrayDeque<>()).addLast(entry);
    byArrival.put(entry.arrival(), entry);
    bytes += entry.request().bytes();
    return entry;
  }

  /** The request of an engine's id. */
  Optional<InFlight> find(String id) {
    return Optional.ofNullable(byArrival.get(Long.parseLong(id)));
  }

  /** The first request of a key. */
  Optional<InFlight> first(String key) {
    Deque<InFlight> line = byKey.get(key);
    return line == null ? Optional.empty() : Optional.of(line.getFirst());
  }

  /** The first request of a key if it is done, taken out of the line. */
  Optional<InFlight> takeDone(String key) {
    Deque<InFlight> line = byKey.get(key);
    if (line == null || !line.getFirst().done()) {
      return Optional.empty();
    }
    InFlight first = line.removeFirst();
    byArrival.remove(first.arrival());
    bytes -= first.request().bytes();
    if (line.isEmpty()) {
      byKey.remove(key);
    }
    return Optional.of(first);
  }

  /** Lets a watermark wait for the requests before it; of several in one place the last counts. */
  void hold(Watermark watermark) {
    long last = arrivals - 1;
    if (!watermarks.isEmpty() && watermarks.getLast().lastArrival() == last) {
      watermarks.removeLast();
    }
    watermarks.addLast(new HeldWatermark(last, watermark));
  }

  /** The next watermark whose requests have all left, taken out of the line. */
  Optional<Watermark> takeWatermark() {
    if (watermarks.isEmpty()) {
      return Optional.empty();
    }
    long first = byArrival.isEmpty() ? Long.MAX_VALUE : byArrival.firstKey();
    return watermarks.getFirst().lastArrival() < first
        ? Optional.of(watermarks.removeFirst().watermark())
        : Optional.empty();
  }

  /** Every request in line, in the order of arrival. */
  Collection<InFlight> all() {
    return byArrival.values();
  }

  /** Bytes of records and encoded images of all of them. */
  long bytes() {
    return bytes;
  }

  int size() {
    return byArrival.size();
  }
}
