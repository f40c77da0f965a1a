package dev.moonflow.jobs.ingest;

import dev.moonflow.model.layout.Box;
import dev.moonflow.model.layout.TextLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of a subject's line and sheet; the package's description specifies it. */
public final class PagePartForm {
  private PagePartForm() {}

  /** Writes which line a subject is, and its sheet. */
  public static void write(Subject subject, DataOutputView target) throws IOException {
    target.writeInt(subject.line());
    target.writeBoolean(subject.sheet() != null);
    if (subject.sheet() != null) {
      writeSheet(subject.sheet(), target);
    }
  }

  /** A subject with what {@link #write} wrote. */
  public static Subject read(Subject bare, DataInputView source) throws IOException {
    int line = source.readInt();
    PageSheet sheet = source.readBoolean() ? readSheet(source) : null;
    return bare.with(line, sheet);
  }

  /** Writes a sheet. */
  public static void writeSheet(PageSheet sheet, DataOutputView target) throws IOException {
    target.writeInt(sheet.width());
    target.writeInt(sheet.height());
    target.writeByte(sheet.quarterTurns());
    target.writeDouble(sheet.skewDegrees());
    target.writeBoolean(sheet.blank());
    BinaryForm.writeString(sheet.layerText(), target);
    target.writeBoolean(sheet.layerUsed());
    target.writeInt(sheet.lines().size());
    for (TextLine line : sheet.lines()) {
      writeBox(line.box(), target);
      writeBox(line.pageBox(), target);
      target.writeInt(line.block());
      target.writeInt(line.row());
      target.writeInt(line.cell());
      target.writeInt(line.indent());
      target.writeInt(line.letterHeight());
    }
  }

  /** Reads what {@link #writeSheet} wrote. */
  public static PageSheet readSheet(DataInputView source) throws IOException {
    int width = source.readInt();
    int height = source.readInt();
    int quarterTurns = source.readByte();
    double skewDegrees = source.readDouble();
    boolean blank = source.readBoolean();
    String layerText = BinaryForm.readString(source);
    boolean layerUsed = source.readBoolean();
    List<TextLine> lines = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      lines.add(
          new TextLine(
              readBox(source),
              readBox(source),
              source.readInt(),
              source.readInt(),
              source.readInt(),
              source.readInt(),
              source.readInt()));
    }
    return new PageSheet(
        width, height, quarterTurns, skewDegrees, blank, layerText, layerUsed, lines);
  }

  private static void writeBox(Box box, DataOutputView target) throws IOException {
    target.writeInt(box.left());
    target.writeInt(box.top());
    target.writeInt(box.right());
    target.writeInt(box.bottom());
  }

  private static Box readBox(DataInputView source) throws IOException {
    return new Box(source.readInt(), source.readInt(), source.readInt(), source.readInt());
  }
}
