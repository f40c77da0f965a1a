package dev.moonflow.jobs.ingest;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of {@link Subject}; the package's description specifies it. */
public final class SubjectForm {
  private SubjectForm() {}

  /** Writes the fields in order. */
  public static void write(Subject subject, DataOutputView target) throws IOException {
    target.writeByte(subject.kind().code());
    BinaryForm.writeString(subject.key(), target);
    BinaryForm.writeString(subject.eventId(), target);
    target.writeLong(subject.eventTimeMillis());
    target.writeLong(subject.frameIndex());
    target.writeInt(subject.page());
    target.writeInt(subject.pageCount());
    BinaryForm.writeMap(subject.attributes(), target);
  }

  /** Reads what {@link #write} wrote. */
  public static Subject read(DataInputView source) throws IOException {
    RequestKind kind = RequestKind.of(source.readByte());
    return new Subject(
        BinaryForm.readString(source),
        BinaryForm.readString(source),
        kind,
        source.readLong(),
        source.readLong(),
        source.readInt(),
        source.readInt(),
        BinaryForm.readMap(source));
  }
}
