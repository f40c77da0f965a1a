package dev.moonflow.jobs.documents;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.connectors.kafka.RawRecordSerializer;
import dev.moonflow.jobs.ingest.BinaryForm;
import dev.moonflow.jobs.ingest.SubjectForm;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of a document in state; the package's description specifies it. */
public final class OpenDocumentSerializer extends ImmutableSerializer<OpenDocument> {
  static final OpenDocumentSerializer INSTANCE = new OpenDocumentSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public void serialize(OpenDocument document, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    SubjectForm.write(document.subject(), target);
    RawRecordSerializer.INSTANCE.serialize(document.source(), target);
    BinaryForm.writeString(document.modelFingerprint(), target);
    target.writeLong(document.seed());
    target.writeInt(document.received());
    target.writeLong(document.expiryMillis());
    target.writeBoolean(document.givenUp());
  }

  @Override
  public OpenDocument deserialize(DataInputView source) throws IOException {
    BinaryForm.readVersion("a document in state", VERSION, source);
    return new OpenDocument(
        SubjectForm.read(source),
        RawRecordSerializer.INSTANCE.deserialize(source),
        BinaryForm.readString(source),
        source.readLong(),
        source.readInt(),
        source.readLong(),
        source.readBoolean());
  }

  @Override
  public TypeSerializerSnapshot<OpenDocument> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own version byte does the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OpenDocument> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
