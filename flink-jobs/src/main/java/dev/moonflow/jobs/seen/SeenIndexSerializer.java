package dev.moonflow.jobs.seen;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.jobs.ingest.BinaryForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of an index in state; the package's description specifies it. */
public final class SeenIndexSerializer extends ImmutableSerializer<SeenIndex> {
  static final SeenIndexSerializer INSTANCE = new SeenIndexSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public void serialize(SeenIndex index, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeLong(index.firstWaiting());
    target.writeLong(index.nextWaiting());
    target.writeInt(index.entries().size());
    for (SeenIndex.Entry entry : index.entries()) {
      BinaryForm.writeString(entry.eventId(), target);
      target.writeInt(entry.page());
      target.writeInt(entry.pageCount());
      target.writeInt(entry.bytes());
      target.writeLong(entry.expiryMillis());
    }
  }

  @Override
  public SeenIndex deserialize(DataInputView source) throws IOException {
    BinaryForm.readVersion("an index of images in state", VERSION, source);
    long first = source.readLong();
    long next = source.readLong();
    List<SeenIndex.Entry> entries = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      entries.add(
          new SeenIndex.Entry(
              BinaryForm.readString(source),
              source.readInt(),
              source.readInt(),
              source.readInt(),
              source.readLong()));
    }
    return new SeenIndex(entries, first, next);
  }

  @Override
  public TypeSerializerSnapshot<SeenIndex> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own version byte does the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SeenIndex> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
