package dev.moonflow.training.trainer.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.training.trainer.TrainingStoppedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The steps of a stage as a TensorBoard event file. A record of the file is
 *
 * <pre>
 *  offset  bytes
 *  0       8      n, little-endian
 *  8       4      masked CRC-32C of the 8 bytes before
 *  12      n      an Event in protocol buffers: wall_time = 1, step = 2, file_version = 3,
 *                 summary = 5 { value = 1 { tag = 1, simple_value = 2 } }
 *  12 + n  4      masked CRC-32C of the n bytes before
 * </pre>
 *
 * <p>The wall time is the seconds of training so far, so that the file follows from the table.
 */
public final class EventFile implements AutoCloseable {
  /** TensorBoard finds files that have {@code tfevents} in their name. */
  public static final String NAME = "events.out.tfevents.0.moonflow";

  private static final int MASK_DELTA = 0xa282ead8;

  private final Path file;
  private final OutputStream out;
  private double seconds;

  /**
   * Begins a file, replacing one that is there.
   *
   * @param earlier steps that it begins with
   */
  public EventFile(Path file, MetricsTable earlier) {
    this.file = file;
    try {
      out = Files.newOutputStream(file);
      record(version());
    } catch (IOException e) {
      throw failed(e);
    }
    for (double[] row : earlier.rows()) {
      add(earlier.columns(), row);
    }
  }

  /** Adds a step: a row of the table. */
  public void add(List<String> columns, double[] row) {
    double speed = row[columns.indexOf("tokens_per_second")];
    seconds += speed > 0 ? row[columns.indexOf("tokens")] / speed : 0;
    Message summary = new Message();
    for (int i = 1; i < row.length; i++) {
      if (Double.isFinite(row[i])) {
        Message value = new Message().bytes(1, columns.get(i).getBytes(UTF_8));
        summary.bytes(1, value.float32(2, (float) row[i]).toArray());
      }
    }
    Message event = new Message().float64(1, seconds).integer(2, (long) row[0]);
    try {
      record(event.bytes(5, summary.toArray()).toArray());
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static byte[] version() {
    return new Message().float64(1, 0).bytes(3, "brain.Event:2".getBytes(UTF_8)).toArray();
  }

  private void record(byte[] event) throws IOException {
    byte[] length = little(8).putLong(event.length).array();
    out.write(length);
    out.write(little(4).putInt(maskedCrc(length)).array());
    out.write(event);
    out.write(little(4).putInt(maskedCrc(event)).array());
  }

  /** A CRC over data that holds CRCs is weak; hence the rotation and the constant. */
  static int maskedCrc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private TrainingStoppedException failed(IOException e) {
    return new TrainingStoppedException(file + " cannot be written: " + e.getMessage() + ".", e);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** A message of protocol buffers: fields one after another, each with its number and type. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message integer(int field, long value) {
      return key(field, 0).varint(value);
    }

    Message float64(int field, double value) {
      key(field, 1).bytes.writeBytes(little(8).putDouble(value).array());
      return this;
    }

    Message float32(int field, float value) {
      key(field, 5).bytes.writeBytes(little(4).putFloat(value).array());
      return this;
    }

    Message bytes(int field, byte[] value) {
      key(field, 2).varint(value.length).bytes.writeBytes(value);
      return this;
    }

    byte[] toArray() {
      return bytes.toByteArray();
    }

    private Message key(int field, int type) {
      return varint((long) field << 3 | type);
    }

    private Message varint(long value) {
      while ((value & ~0x7fL) != 0) {
        bytes.write((int) (value & 0x7f | 0x80));
        value >>>= 7;
      }
      bytes.write((int) value);
      return this;
    }
  }
}
