package dev.moonflow.connectors.kafka;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of {@link OutputRecord}, version 1; a missing timestamp is written as -1. */
public final class OutputRecordSerializer extends ImmutableSerializer<OutputRecord> {
  /** The only instance: it has no state. */
  public static final OutputRecordSerializer INSTANCE = new OutputRecordSerializer();

  private static final long serialVersionUID = 1L;
  private static final long NO_TIMESTAMP = -1;

  @Override
  public void serialize(OutputRecord record, DataOutputView target) throws IOException {
    BinaryFields.writeString(record.topic(), target);
    BinaryFields.writeBytes(record.key(), target);
    BinaryFields.writeBytes(record.value(), target);
    BinaryFields.writeHeaders(record.headers(), target);
    target.writeLong(record.timestamp() == null ? NO_TIMESTAMP : record.timestamp());
  }

  @Override
  public OutputRecord deserialize(DataInputView source) throws IOException {
    String topic = BinaryFields.readString(source);
    byte[] key = BinaryFields.readBytes(source);
    byte[] value = BinaryFields.readBytes(source);
    var headers = BinaryFields.readHeaders(source);
    long timestamp = source.readLong();
    return new OutputRecord(
        topic, key, value, headers, timestamp == NO_TIMESTAMP ? null : Long.valueOf(timestamp));
  }

  @Override
  public TypeSerializerSnapshot<OutputRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer: its class stands for version 1. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutputRecord> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
