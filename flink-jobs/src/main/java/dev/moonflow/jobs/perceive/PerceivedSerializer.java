package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RawRecordSerializer;
import dev.moonflow.jobs.ingest.BinaryForm;
import dev.moonflow.jobs.ingest.PagePartForm;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.ingest.SubjectForm;
import dev.moonflow.jobs.ingest.WindowForm;
import dev.moonflow.model.engine.FinishReason;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of {@link Perceived}; the package's description specifies it. */
public final class PerceivedSerializer extends ImmutableSerializer<Perceived> {
  /** The only instance: it has no state. */
  public static final PerceivedSerializer INSTANCE = new PerceivedSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 3;
  private static final int FAILED = 0;
  private static final int GENERATED = 1;
  private static final int PASSED = 2;

  @Override
  public void serialize(Perceived perceived, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    SubjectForm.write(perceived.subject(), target);
    RawRecordSerializer.INSTANCE.serialize(perceived.source(), target);
    BinaryForm.writeString(perceived.modelFingerprint(), target);
    target.writeLong(perceived.seed());
    target.writeByte(
        perceived instanceof Perceived.Generated
            ? GENERATED
            : perceived instanceof Perceived.Passed ? PASSED : FAILED);
    PagePartForm.write(perceived.subject(), target);
    WindowForm.write(perceived.subject(), target);
    if (perceived instanceof Perceived.Generated generated) {
      BinaryForm.writeString(generated.text(), target);
      BinaryForm.writeString(generated.thinking(), target);
      BinaryForm.writeInts(generated.tokens(), target);
      target.writeInt(generated.promptTokens());
      target.writeBoolean(generated.reason() == FinishReason.STOP);
      BinaryForm.writeFloats(generated.logProbabilities(), target);
    }
  }

  @Override
  public Perceived deserialize(DataInputView source) throws IOException {
    int version = BinaryForm.readVersion("a perceived event", VERSION, source);
    Subject subject = SubjectForm.read(source);
    RawRecord record = RawRecordSerializer.INSTANCE.deserialize(source);
    String fingerprint = BinaryForm.readString(source);
    long seed = source.readLong();
    int form = source.readByte();
    if (version >= 2) {
      subject = PagePartForm.read(subject, source);
    }
    if (version >= 3) {
      subject = WindowForm.read(subject, source);
    }
    if (form == FAILED) {
      return new Perceived.Failed(subject, record, fingerprint, seed);
    }
    if (form == PASSED) {
      return new Perceived.Passed(subject, record, fingerprint, seed);
    }
    return new Perceived.Generated(
        subject,
        record,
        fingerprint,
        seed,
        BinaryForm.readString(source),
        BinaryForm.readString(source),
        BinaryForm.readInts(source),
        source.readInt(),
        source.readBoolean() ? FinishReason.STOP : FinishReason.LENGTH,
        version >= 2 ? BinaryForm.readFloats(source) : new float[0]);
  }

  @Override
  public TypeSerializerSnapshot<Perceived> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own version byte does the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Perceived> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
