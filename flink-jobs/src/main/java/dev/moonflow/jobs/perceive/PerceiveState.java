package dev.moonflow.jobs.perceive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * The operator's keyed state: requests by sequence, written once when they arrive, and their
 * progress by sequence, written with each checkpoint, and, if wanted, the features of their images
 * by sequence, written once. They are three maps so that an incremental checkpoint does not write
 * an image again for each new token.
 */
class PerceiveState {
  private static final MapStateDescriptor<Long, QueuedRequest> REQUESTS =
      new MapStateDescriptor<>(
          "requests", LongSerializer.INSTANCE, QueuedRequestSerializer.INSTANCE);

  private static final MapStateDescriptor<Long, StoredProgress> PROGRESS =
      new MapStateDescriptor<>(
          "progress", LongSerializer.INSTANCE, StoredProgressSerializer.INSTANCE);

  private static final MapStateDescriptor<Long, StoredFeatures> FEATURES =
      new MapStateDescriptor<>(
          "features", LongSerializer.INSTANCE, StoredFeaturesSerializer.INSTANCE);

  private static final ValueStateDescriptor<List<String>> CAPTIONS =
      new ValueStateDescriptor<>("captions", new ListSerializer<>(StringSerializer.INSTANCE));

  private final MapState<Long, QueuedRequest> requests;
  private final MapState<Long, StoredProgress> progress;
  private final MapState<Long, StoredFeatures> features;
  private final ValueState<List<String>> captions;
  private final KeyedStateBackend<Object> backend;

  /**
   * A request as it was found in state.
   *
   * @param features that the model at hand can use, or none
   * @param featuresStored whether there are any, of whichever model
   */
  record Restored(
      String key,
      long sequence,
      QueuedRequest queued,
      StoredProgress progress,
      List<float[]> features,
      boolean featuresStored) {}

  PerceiveState(KeyedStateStore store, KeyedStateBackend<Object> backend) {
    requests = store.getMapState(REQUESTS);
    progress = store.getMapState(PROGRESS);
    features = store.getMapState(FEATURES);
    captions = store.getState(CAPTIONS);
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

  /** Keeps the features of a request's images. */
  void keep(InFlight entry, StoredFeatures rows) throws Exception {
    backend.setCurrentKey(entry.key());
    features.put(entry.sequence(), rows);
  }

  /** Forgets a request whose result has left. */
  void remove(InFlight entry) throws Exception {
    backend.setCurrentKey(entry.key());
    requests.remove(entry.sequence());
    progress.remove(entry.sequence());
    if (entry.featuresStored()) {
      features.remove(entry.sequence());
    }
  }

  /** The newest captions of a key, oldest first. */
  List<String> captions(String key) throws Exception {
    backend.setCurrentKey(key);
    List<String> known = captions.value();
    return known == null ? List.of() : known;
  }

  /** Keeps a caption; only the newest are kept. */
  void addCaption(String key, String caption, int captionsMax) throws Exception {
    List<String> all = new ArrayList<>(captions(key));
    all.add(caption);
    captions.update(List.copyOf(all.subList(Math.max(0, all.size() - captionsMax), all.size())));
  }

  /** Forgets the captions of a key. */
  void forgetCaptions(String key) {
    backend.setCurrentKey(key);
    captions.clear();
  }

  /**
   * Everything in state, each key's requests in their sequence.
   *
   * @param modelFingerprint of the model that will go on; features of another are left out
   */
  List<Restored> readAll(String modelFingerprint) throws Exception {
    List<Restored> all = new ArrayList<>();
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        REQUESTS,
        (key, state) -> {
          for (Map.Entry<Long, QueuedRequest> entry : state.entries()) {
            StoredProgress reached = progress.get(entry.getKey());
            StoredFeatures rows = features.get(entry.getKey());
            boolean usable = rows != null && rows.modelFingerprint().equals(modelFingerprint);
            all.add(
                new Restored(
                    (String) key,
                    entry.getKey(),
                    entry.getValue(),
                    reached == null ? StoredProgress.NONE : reached,
                    usable ? rows.rows() : List.of(),
                    rows != null));
          }
        });
    all.sort(Comparator.comparing(Restored::key).thenComparingLong(Restored::sequence));
    return all;
  }
}
