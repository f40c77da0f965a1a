package dev.moonflow.jobs.documents;

import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.jobs.ingest.BinaryForm;
import dev.moonflow.jobs.ingest.PagePartForm;
import dev.moonflow.jobs.ingest.PageSheet;
import dev.moonflow.jobs.perceive.Confidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of an open page in state; the package's description specifies it. */
public final class OpenPageSerializer extends ImmutableSerializer<OpenPage> {
  static final OpenPageSerializer INSTANCE = new OpenPageSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public void serialize(OpenPage page, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    PagePartForm.writeSheet(page.sheet(), target);
    for (LineReading line : page.lines()) {
      target.writeBoolean(line != null);
      if (line != null) {
        BinaryForm.writeString(line.text(), target);
        target.writeDouble(line.confidence().mean());
        target.writeDouble(line.confidence().min());
      }
    }
  }

  @Override
  public OpenPage deserialize(DataInputView source) throws IOException {
    BinaryForm.readVersion("an open page in state", VERSION, source);
    PageSheet sheet = PagePartForm.readSheet(source);
    List<LineReading> lines = new ArrayList<>();
    for (int left = sheet.lines().size(); left > 0; left--) {
      lines.add(
          source.readBoolean()
              ? new LineReading(
                  BinaryForm.readString(source),
                  new Confidence(source.readDouble(), source.readDouble()))
              : null);
    }
    return new OpenPage(sheet, lines);
  }

  @Override
  public TypeSerializerSnapshot<OpenPage> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers of this serializer; the form's own version byte does the rest. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OpenPage> {
    /** For Flink, which makes one when it reads a savepoint. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
