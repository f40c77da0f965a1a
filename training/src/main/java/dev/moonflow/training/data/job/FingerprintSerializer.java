package dev.moonflow.training.data.job;

import dev.moonflow.connectors.kafka.CodecTypeInformation;
import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.training.data.filter.Fingerprint;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How fingerprints travel between operators: the components in order, arrays after their count. */
public final class FingerprintSerializer extends ImmutableSerializer<Fingerprint> {
  /** The type of fingerprints for Flink. */
  public static final TypeInformation<Fingerprint> TYPE =
      new CodecTypeInformation<>(Fingerprint.class, new FingerprintSerializer());

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(Fingerprint print, DataOutputView target) throws IOException {
    target.writeUTF(print.id());
    target.writeLong(print.order());
    target.writeLong(print.text());
    target.writeInt(print.signature().length);
    for (int value : print.signature()) {
      target.writeInt(value);
    }
    target.writeInt(print.images().length);
    for (long value : print.images()) {
      target.writeLong(value);
    }
  }

  @Override
  public Fingerprint deserialize(DataInputView source) throws IOException {
    String id = source.readUTF();
    long order = source.readLong();
    long text = source.readLong();
    int[] signature = new int[source.readInt()];
    for (int i = 0; i < signature.length; i++) {
      signature[i] = source.readInt();
    }
    long[] images = new long[source.readInt()];
    for (int i = 0; i < images.length; i++) {
      images[i] = source.readLong();
    }
    return new Fingerprint(id, order, text, signature, images);
  }

  @Override
  public TypeSerializerSnapshot<Fingerprint> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers: the class stands for version 1. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Fingerprint> {
    /** For Flink. */
    public Snapshot() {
      super(FingerprintSerializer::new);
    }
  }
}
