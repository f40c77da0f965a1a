package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.jobs.ingest.BinaryForm;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.Progress.Phase;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of progress in state; the package's description specifies it. */
public final class StoredProgressSerializer extends ImmutableSerializer<StoredProgress> {
  static final StoredProgressSerializer INSTANCE = new StoredProgressSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 3;
  private static final int GOES_ON = 0;
  private static final int STOP = 1;
  private static final int LENGTH = 2;
  private static final int NO_SAMPLER = 0;
  private static final int PHILOX = 1;

  @Override
  public void serialize(StoredProgress progress, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    target.writeByte(code(progress.reason()));
    target.writeInt(progress.promptTokens());
    BinaryForm.writeInts(progress.tokens(), target);
    BinaryForm.writeFloats(progress.logProbabilities(), target);
    target.writeByte(code(progress.phase()));
    target.writeByte(progress.sampler().unknown() ? NO_SAMPLER : PHILOX);
    if (!progress.sampler().unknown()) {
      target.writeLong(progress.sampler().seed());
      target.writeLong(progress.sampler().position());
    }
  }

  @Override
  public StoredProgress deserialize(DataInputView source) throws IOException {
    int version = BinaryForm.readVersion("progress in state", VERSION, source);
    FinishReason reason = reason(source.readByte());
    int promptTokens = source.readInt();
    int[] tokens = BinaryForm.readInts(source);
    float[] logProbabilities = version == 1 ? new float[0] : BinaryForm.readFloats(source);
    return new StoredProgress(
        tokens,
        promptTokens,
        reason,
        StoredProgress.joined(logProbabilities, new float[0], tokens.length),
        version < 3 ? phase(reason, tokens.length) : phase(source.readByte()),
        version < 3 ? SamplerState.UNKNOWN : readSampler(source));
  }

  private static SamplerState readSampler(DataInputView source) throws IOException {
    int kind = source.readByte();
    return switch (kind) {
      case NO_SAMPLER -> SamplerState.UNKNOWN;
      case PHILOX -> new SamplerState(source.readLong(), source.readLong());
      default -> throw new IOException("progress in state has a sampler of the kind " + kind);
    };
  }

  /** Versions 1 and 2 kept no phase; a request came into state with its first token. */
  private static Phase phase(FinishReason reason, int tokens) {
    return reason != null ? Phase.FINISHED : tokens > 0 ? Phase.DECODE : Phase.WAITING;
  }

  private static int code(Phase phase) {
    return switch (phase) {
      case WAITING -> 0;
      case ENCODE -> 1;
      case PREFILL -> 2;
      case DECODE -> 3;
      case FINISHED -> 4;
    };
  }

  private static Phase phase(int code) throws IOException {
    return switch (code) {
      case 0 -> Phase.WAITING;
      case 1 -> Phase.ENCODE;
      case 2 -> Phase.PREFILL;
      case 3 -> Phase.DECODE;
      case 4 -> Phase.FINISHED;
      default -> throw new IOException("progress in state has the phase " + code);
    };
  }

  private static int code(FinishReason reason) {
    if (reason == null) {
      return GOES_ON;
    }
    return switch (reason) {
      case STOP -> STOP;
      case LENGTH -> LENGTH;
      case ERROR, CANCELLED -> throw new IllegalStateException(reason + " is not kept in state");
    };
  }

  private static FinishReason reason(int code) throws IOException {
    return switch (code) {
      case GOES_ON -> null;
      case STOP -> FinishReason.STOP;
      case LENGTH -> FinishReason.LENGTH;
      default -> throw new IOException("progress in state has the finish code " + code);
    };
  }

  @Override
  public TypeSerializerSnapshot<StoredProgress> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own version byte does the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StoredProgress> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
