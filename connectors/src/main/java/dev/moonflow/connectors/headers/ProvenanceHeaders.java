package dev.moonflow.connectors.headers;

import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.schemas.Provenance;
import java.util.ArrayList;
import java.util.List;

/** The headers that say what made a result and from what, as text. */
public final class ProvenanceHeaders {
  /** Fingerprint of the model's checkpoint. */
  public static final String MODEL = "moonflow.model.fingerprint";

  /** Topic of the event. */
  public static final String SOURCE_TOPIC = "moonflow.source.topic";

  /** Partition of the event, decimal. */
  public static final String SOURCE_PARTITION = "moonflow.source.partition";

  /** Offset of the event, decimal. */
  public static final String SOURCE_OFFSET = "moonflow.source.offset";

  /** Sampling seed that was used, decimal. */
  public static final String SEED = "moonflow.seed";

  /** Settings that the result depends on, as a JSON object of texts by key. */
  public static final String SETTINGS = "moonflow.settings";

  private ProvenanceHeaders() {}

  /** The headers of a result with this provenance, made under these settings. */
  public static List<RecordHeader> of(Provenance provenance, String settings) {
    List<RecordHeader> headers = new ArrayList<>(of(provenance));
    headers.add(RecordHeader.of(SETTINGS, settings));
    return headers;
  }

  /** The headers of a result with this provenance. */
  public static List<RecordHeader> of(Provenance provenance) {
    return List.of(
        RecordHeader.of(MODEL, provenance.getModelFingerprint()),
        RecordHeader.of(SOURCE_TOPIC, provenance.getSourceTopic()),
        RecordHeader.of(SOURCE_PARTITION, Integer.toString(provenance.getSourcePartition())),
        RecordHeader.of(SOURCE_OFFSET, Long.toString(provenance.getSourceOffset())),
        RecordHeader.of(SEED, Long.toString(provenance.getSeed())));
  }
}
