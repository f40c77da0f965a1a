package dev.moonflow.connectors.pieces;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RawRecordSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The binary form of a split; the package's description specifies it. */
final class OpenSplitSerializer<T> implements SimpleVersionedSerializer<KafkaPartitionSplit> {
  private static final int VERSION = 101;
  private static final int FIRST_OF_OURS = 100;
  private static final int BYTES_AT_FIRST = 256;

  private final SimpleVersionedSerializer<KafkaPartitionSplit> partitions;
  private final TypeSerializer<T> values;

  OpenSplitSerializer(
      SimpleVersionedSerializer<KafkaPartitionSplit> partitions, TypeSerializer<T> values) {
    this.partitions = partitions;
    this.values = values;
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  @SuppressWarnings("unchecked") // one source's splits are of one type
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(BYTES_AT_FIRST);
    byte[] partition = partitions.serialize(split);
    out.writeInt(partitions.getVersion());
    out.writeInt(partition.length);
    out.write(partition);
    out.writeBoolean(split instanceof OpenSplit<?>);
    if (split instanceof OpenSplit<?> withRecord) {
      OpenRecord<T> open = ((OpenSplit<T>) withRecord).open();
      RawRecordSerializer.INSTANCE.serialize(open.record(), out);
      out.writeInt(open.taken());
      out.writeInt(open.count());
      out.writeInt(open.left().size());
      for (T value : open.left()) {
        values.serialize(value, out);
      }
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
    if (version < FIRST_OF_OURS) {
      return partitions.deserialize(version, serialized);
    }
    if (version != VERSION) {
      throw new IOException(
          "a partition in state has version " + version + "; this release reads " + VERSION);
    }
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    int versionOfPartition = in.readInt();
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    KafkaPartitionSplit partition = partitions.deserialize(versionOfPartition, bytes);
    return in.readBoolean() ? new OpenSplit<>(partition, open(in)) : partition;
  }

  private OpenRecord<T> open(DataInputDeserializer in) throws IOException {
    RawRecord record = RawRecordSerializer.INSTANCE.deserialize(in);
    int taken = in.readInt();
    int count = in.readInt();
    List<T> left = new ArrayList<>();
    for (int more = in.readInt(); more > 0; more--) {
      left.add(values.deserialize(in));
    }
    return new OpenRecord<>(record, taken, count, left);
  }
}
