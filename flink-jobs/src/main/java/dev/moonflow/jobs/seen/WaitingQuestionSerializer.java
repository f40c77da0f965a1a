package dev.moonflow.jobs.seen;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.jobs.ingest.BinaryForm;
import dev.moonflow.jobs.ingest.PerceptionRequestSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of a waiting question in state; the package's description specifies it. */
public final class WaitingQuestionSerializer extends ImmutableSerializer<WaitingQuestion> {
  static final WaitingQuestionSerializer INSTANCE = new WaitingQuestionSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public void serialize(WaitingQuestion question, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeLong(question.expiryMillis());
    PerceptionRequestSerializer.INSTANCE.serialize(question.request(), target);
  }

  @Override
  public WaitingQuestion deserialize(DataInputView source) throws IOException {
    BinaryForm.readVersion("a waiting question in state", VERSION, source);
    return new WaitingQuestion(
        source.readLong(), PerceptionRequestSerializer.INSTANCE.deserialize(source));
  }

  @Override
  public TypeSerializerSnapshot<WaitingQuestion> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own version byte does the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<WaitingQuestion> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
