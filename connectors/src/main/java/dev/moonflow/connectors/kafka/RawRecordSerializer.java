package dev.moonflow.connectors.kafka;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of {@link RawRecord}, version 1; the package's description specifies it. */
public final class RawRecordSerializer extends ImmutableSerializer<RawRecord> {
  /** The only instance: it has no state. */
  public static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(RawRecord record, DataOutputView target) throws IOException {
    BinaryFields.writeString(record.topic(), target);
    target.writeInt(record.partition());
    target.writeLong(record.offset());
    target.writeLong(record.timestamp());
    BinaryFields.writeBytes(record.key(), target);
    BinaryFields.writeBytes(record.value(), target);
    BinaryFields.writeHeaders(record.headers(), target);
  }

  @Override
  public RawRecord deserialize(DataInputView source) throws IOException {
    return new RawRecord(
        BinaryFields.readString(source),
        source.readInt(),
        source.readLong(),
        source.readLong(),
        BinaryFields.readBytes(source),
        BinaryFields.readBytes(source),
        BinaryFields.readHeaders(source));
  }

  @Override
  public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer: its class stands for version 1. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
