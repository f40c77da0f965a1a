package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.jobs.ingest.BinaryForm;
import dev.moonflow.jobs.ingest.PerceptionRequestSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of a request in state; the package's description specifies it. */
public final class QueuedRequestSerializer extends ImmutableSerializer<QueuedRequest> {
  static final QueuedRequestSerializer INSTANCE = new QueuedRequestSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public void serialize(QueuedRequest queued, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeLong(queued.timestamp());
    PerceptionRequestSerializer.INSTANCE.serialize(queued.request(), target);
  }

  @Override
  public QueuedRequest deserialize(DataInputView source) throws IOException {
    BinaryForm.readVersion("a queued request in state", VERSION, source);
    return new QueuedRequest(
        source.readLong(), PerceptionRequestSerializer.INSTANCE.deserialize(source));
  }

  @Override
  public TypeSerializerSnapshot<QueuedRequest> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own version byte does the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<QueuedRequest> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
