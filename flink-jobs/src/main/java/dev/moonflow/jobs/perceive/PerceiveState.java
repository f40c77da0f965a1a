package dev.moonflow.jobs.perceive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * The operator's keyed state: requests by sequence, written once when they arrive, and their
 * progress by sequence, written with each checkpoint. They are two maps so that an incremental
 * checkpoint does not write an image again for each new token.
 */
final class PerceiveState {
  private static final MapStateDescriptor<Long, QueuedRequest> REQUESTS =
      new MapStateDescriptor<>(
          "requests", LongSerializer.INSTANCE, QueuedRequestSerializer.INSTANCE);

  private static final MapStateDescriptor<Long, StoredProgress> PROGRESS =
      new MapStateDescriptor<>(
          "progress", LongSerializer.INSTANCE, StoredProgressSerializer.INSTANCE);

  private final MapState<Long, QueuedRequest> requests;
  private final MapState<Long, StoredProgress> progress;
  private final KeyedStateBackend<Object> backend;

  /** A request as it was found in state. */
  record Restored(String key, long sequence, QueuedRequest queued, StoredProgress progress) {}

  PerceiveState(KeyedStateStore store, KeyedStateBackend<Object> backend) {
    requests = store.getMapState(REQUESTS);
    progress = store.getMapState(PROGRESS);
    this.backend = backend;
  }

  /** Keeps a request that has arrived. */
  void add(InFlight entry) throws Exception {
    backend.setCurrentKey(entry.key());
    requests.put(entry.sequence(), entry.queued());
  }

  /** Keeps how far a request has come. */
  void update(InFlight entry, StoredProgress reached) throws Exception {
    backend.setCurrentKey(entry.key());
    progress.put(entry.sequence(), reached);
  }

  /** Forgets a request whose result has left. */
  void remove(InFlight entry) throws Exception {
    backend.setCurrentKey(entry.key());
    requests.remove(entry.sequence());
    progress.remove(entry.sequence());
  }

  /** Everything in state, each key's requests in their sequence. */
  List<Restored> readAll() throws Exception {
    List<Restored> all = new ArrayList<>();
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        REQUESTS,
        (key, state) -> {
          for (Map.Entry<Long, QueuedRequest> entry : state.entries()) {
            StoredProgress reached = progress.get(entry.getKey());
            all.add(
                new Restored(
                    (String) key,
                    entry.getKey(),
                    entry.getValue(),
                    reached == null ? StoredProgress.NONE : reached));
          }
        });
    all.sort(Comparator.comparing(Restored::key).thenComparingLong(Restored::sequence));
    return all;
  }
}
