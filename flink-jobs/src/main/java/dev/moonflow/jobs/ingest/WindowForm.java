package dev.moonflow.jobs.ingest;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of a subject's window; the package's description specifies it. */
public final class WindowForm {
  private WindowForm() {}

  /** Writes the window, or that there is none. */
  public static void write(Subject subject, DataOutputView target) throws IOException {
    FrameWindow window = subject.window();
    target.writeBoolean(window != null);
    if (window != null) {
      target.writeLong(window.startMillis());
      target.writeLong(window.endMillis());
      target.writeInt(window.frames());
      target.writeInt(window.skipped());
      target.writeInt(window.missing());
    }
  }

  /** A subject with what {@link #write} wrote. */
  public static Subject read(Subject bare, DataInputView source) throws IOException {
    if (!source.readBoolean()) {
      return bare;
    }
    return bare.with(
        new FrameWindow(
            source.readLong(),
            source.readLong(),
            source.readInt(),
            source.readInt(),
            source.readInt()));
  }
}
