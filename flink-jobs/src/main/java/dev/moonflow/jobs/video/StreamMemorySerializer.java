package dev.moonflow.jobs.video;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.connectors.kafka.RawRecordSerializer;
import dev.moonflow.jobs.ingest.BinaryForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of a stream in state; the package's description specifies it. */
public final class StreamMemorySerializer extends ImmutableSerializer<StreamMemory> {
  static final StreamMemorySerializer INSTANCE = new StreamMemorySerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public void serialize(StreamMemory stream, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeLong(stream.clock());
    target.writeLong(stream.closed());
    target.writeLong(stream.heard());
    target.writeLong(stream.newestIndex());
    target.writeLong(stream.nextNumber());
    target.writeBoolean(stream.captioned());
    BinaryForm.writeBytes(stream.sketch(), target);
    target.writeInt(stream.ids().length);
    for (long id : stream.ids()) {
      target.writeLong(id);
    }
    writeFrames(stream.context(), target);
    target.writeInt(stream.windows().size());
    for (OpenWindow window : stream.windows()) {
      target.writeLong(window.start());
      target.writeInt(window.frames());
      target.writeInt(window.skipped());
      target.writeInt(window.missing());
      RawRecordSerializer.INSTANCE.serialize(window.newest(), target);
      writeFrames(window.kept(), target);
    }
  }

  @Override
  public StreamMemory deserialize(DataInputView source) throws IOException {
    BinaryForm.readVersion("a stream in state", VERSION, source);
    long clock = source.readLong();
    long closed = source.readLong();
    long heard = source.readLong();
    long newestIndex = source.readLong();
    long nextNumber = source.readLong();
    boolean captioned = source.readBoolean();
    byte[] sketch = BinaryForm.readBytes(source);
    long[] ids = new long[source.readInt()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = source.readLong();
    }
    List<KeptFrame> context = readFrames(source);
    List<OpenWindow> windows = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      windows.add(
          new OpenWindow(
              source.readLong(),
              source.readInt(),
              source.readInt(),
              source.readInt(),
              RawRecordSerializer.INSTANCE.deserialize(source),
              readFrames(source)));
    }
    return new StreamMemory(
        clock, closed, heard, newestIndex, nextNumber, captioned, sketch, ids, context, windows);
  }

  private static void writeFrames(List<KeptFrame> frames, DataOutputView target)
      throws IOException {
    target.writeInt(frames.size());
    for (KeptFrame frame : frames) {
      target.writeLong(frame.number());
      target.writeLong(frame.timeMillis());
      target.writeInt(frame.novelty());
      target.writeInt(frame.bytes());
    }
  }

  private static List<KeptFrame> readFrames(DataInputView source) throws IOException {
    List<KeptFrame> frames = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      frames.add(
          new KeptFrame(source.readLong(), source.readLong(), source.readInt(), source.readInt()));
    }
    return frames;
  }

  @Override
  public TypeSerializerSnapshot<StreamMemory> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own version byte does the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StreamMemory> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
