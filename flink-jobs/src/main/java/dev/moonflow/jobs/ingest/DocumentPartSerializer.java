package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.connectors.kafka.OutputRecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of {@link DocumentPart}; the package's description specifies it. */
public final class DocumentPartSerializer extends ImmutableSerializer<DocumentPart> {
  /** The only instance: it has no state. */
  public static final DocumentPartSerializer INSTANCE = new DocumentPartSerializer();

  private static final long serialVersionUID = 1L;
  private static final int REQUEST = 1;
  private static final int LETTER = 2;

  @Override
  public void serialize(DocumentPart part, DataOutputView target) throws IOException {
    if (part instanceof DocumentPart.Request request) {
      target.writeByte(REQUEST);
      PerceptionRequestSerializer.INSTANCE.serialize(request.request(), target);
    } else {
      target.writeByte(LETTER);
      OutputRecordSerializer.INSTANCE.serialize(((DocumentPart.Letter) part).record(), target);
    }
  }

  @Override
  public DocumentPart deserialize(DataInputView source) throws IOException {
    int form = source.readByte();
    return switch (form) {
      case REQUEST ->
          new DocumentPart.Request(PerceptionRequestSerializer.INSTANCE.deserialize(source));
      case LETTER -> new DocumentPart.Letter(OutputRecordSerializer.INSTANCE.deserialize(source));
      default -> throw new IOException("a part of a document in state has the form " + form);
    };
  }

  @Override
  public TypeSerializerSnapshot<DocumentPart> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own bytes do the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DocumentPart> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
