package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RawRecordSerializer;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.SamplingParameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of {@link PerceptionRequest}; the package's description specifies it. */
public final class PerceptionRequestSerializer extends ImmutableSerializer<PerceptionRequest> {
  /** The only instance: it has no state. */
  public static final PerceptionRequestSerializer INSTANCE = new PerceptionRequestSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 4;
  private static final int TEXT = 1;
  private static final int IMAGE = 2;
  private static final int IMAGE_WITHIN_SOURCE = 3;
  private static final int SEEN = 4;
  private static final int EARLIER = 5;

  @Override
  public void serialize(PerceptionRequest request, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    SubjectForm.write(request.subject(), target);
    RawRecordSerializer.INSTANCE.serialize(request.source(), target);
    target.writeInt(request.messages().size());
    for (PromptMessage message : request.messages()) {
      BinaryForm.writeString(message.role(), target);
      target.writeInt(message.parts().size());
      for (PromptPart part : message.parts()) {
        writePart(part, request.source(), target);
      }
    }
    target.writeFloat(request.sampling().temperature());
    target.writeFloat(request.sampling().topP());
    target.writeLong(request.sampling().seed());
    target.writeBoolean(request.sampling().ignoreStopTokens());
    target.writeInt(request.maxNewTokens());
    Constraints.write(request.constraint(), target);
    PagePartForm.write(request.subject(), target);
    WindowForm.write(request.subject(), target);
  }

  @Override
  public PerceptionRequest deserialize(DataInputView source) throws IOException {
    int version = BinaryForm.readVersion("a perception request in state", VERSION, source);
    Subject subject = SubjectForm.read(source);
    RawRecord record = RawRecordSerializer.INSTANCE.deserialize(source);
    List<PromptMessage> messages = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      String role = BinaryForm.readString(source);
      List<PromptPart> parts = new ArrayList<>();
      for (int more = source.readInt(); more > 0; more--) {
        parts.add(readPart(record, source));
      }
      messages.add(new PromptMessage(role, parts));
    }
    SamplingParameters sampling =
        new SamplingParameters(
            source.readFloat(), source.readFloat(), source.readLong(), source.readBoolean());
    int maxNewTokens = source.readInt();
    Constraint constraint = version < 2 ? null : Constraints.read(source);
    Subject part = version < 3 ? subject : PagePartForm.read(subject, source);
    Subject whole = version < 4 ? part : WindowForm.read(part, source);
    return new PerceptionRequest(whole, record, messages, sampling, maxNewTokens, constraint);
  }

  private static void writePart(PromptPart part, RawRecord record, DataOutputView target)
      throws IOException {
    if (part instanceof PromptPart.Text text) {
      target.writeByte(TEXT);
      BinaryForm.writeString(text.text(), target);
      return;
    }
    if (part instanceof PromptPart.Seen seen) {
      target.writeByte(SEEN);
      BinaryForm.writeString(seen.eventId(), target);
      target.writeInt(seen.page());
      return;
    }
    if (part instanceof PromptPart.Earlier earlier) {
      target.writeByte(EARLIER);
      BinaryForm.writeString(earlier.template(), target);
      target.writeInt(earlier.captionsMax());
      return;
    }
    EncodedImage image = ((PromptPart.Image) part).file();
    if (image.array() == record.value()) {
      target.writeByte(IMAGE_WITHIN_SOURCE);
      target.writeInt(image.offset());
      target.writeInt(image.length());
    } else {
      target.writeByte(IMAGE);
      target.writeInt(image.length());
      target.write(image.array(), image.offset(), image.length());
    }
  }

  private static PromptPart readPart(RawRecord record, DataInputView source) throws IOException {
    int form = source.readByte();
    return switch (form) {
      case TEXT -> new PromptPart.Text(BinaryForm.readString(source));
      case IMAGE -> new PromptPart.Image(EncodedImage.of(BinaryForm.readBytes(source)));
      case IMAGE_WITHIN_SOURCE ->
          new PromptPart.Image(
              new EncodedImage(record.value(), source.readInt(), source.readInt()));
      case SEEN -> new PromptPart.Seen(BinaryForm.readString(source), source.readInt());
      case EARLIER -> new PromptPart.Earlier(BinaryForm.readString(source), source.readInt());
      default -> throw new IOException("a part of a message in state has the form " + form);
    };
  }

  @Override
  public TypeSerializerSnapshot<PerceptionRequest> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own version byte does the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PerceptionRequest> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
