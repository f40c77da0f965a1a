package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.jobs.ingest.BinaryForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of image features in state; the package's description specifies it. */
public final class StoredFeaturesSerializer extends ImmutableSerializer<StoredFeatures> {
  static final StoredFeaturesSerializer INSTANCE = new StoredFeaturesSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public void serialize(StoredFeatures features, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    BinaryForm.writeString(features.modelFingerprint(), target);
    target.writeInt(features.rows().size());
    for (float[] rows : features.rows()) {
      BinaryForm.writeFloats(rows, target);
    }
  }

  @Override
  public StoredFeatures deserialize(DataInputView source) throws IOException {
    BinaryForm.readVersion("image features in state", VERSION, source);
    String fingerprint = BinaryForm.readString(source);
    List<float[]> rows = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      rows.add(BinaryForm.readFloats(source));
    }
    return new StoredFeatures(fingerprint, rows);
  }

  @Override
  public TypeSerializerSnapshot<StoredFeatures> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own version byte does the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StoredFeatures> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
