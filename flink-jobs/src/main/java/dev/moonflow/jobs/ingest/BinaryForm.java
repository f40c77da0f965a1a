package dev.moonflow.jobs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The fields that every binary form of flink-jobs is made of; see the package's description. */
public final class BinaryForm {
  private static final int NULL = -1;

  private BinaryForm() {}

  /** Writes an int count of UTF-8 bytes, -1 for null, and the bytes. */
  public static void writeString(String text, DataOutputView target) throws IOException {
    if (text == null) {
      target.writeInt(NULL);
      return;
    }
    writeBytes(text.getBytes(UTF_8), target);
  }

  /** Reads what {@link #writeString} wrote. */
  public static String readString(DataInputView source) throws IOException {
    int length = source.readInt();
    return length == NULL ? null : new String(readFully(length, source), UTF_8);
  }

  /** Writes an int count and the bytes. */
  public static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  /** Reads what {@link #writeBytes} wrote. */
  public static byte[] readBytes(DataInputView source) throws IOException {
    return readFully(source.readInt(), source);
  }

  /** Writes an int count and the numbers. */
  public static void writeInts(int[] numbers, DataOutputView target) throws IOException {
    target.writeInt(numbers.length);
    for (int number : numbers) {
      target.writeInt(number);
    }
  }

  /** Reads what {@link #writeInts} wrote. */
  public static int[] readInts(DataInputView source) throws IOException {
    int[] numbers = new int[source.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = source.readInt();
    }
    return numbers;
  }

  /** Writes an int count and the numbers. */
  public static void writeFloats(float[] numbers, DataOutputView target) throws IOException {
    target.writeInt(numbers.length);
    for (float number : numbers) {
      target.writeFloat(number);
    }
  }

  /** Reads what {@link #writeFloats} wrote. */
  public static float[] readFloats(DataInputView source) throws IOException {
    float[] numbers = new float[source.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = source.readFloat();
    }
    return numbers;
  }

  /** Writes an int count and pairs of strings, keys ascending, so equal maps give equal bytes. */
  public static void writeMap(Map<String, String> map, DataOutputView target) throws IOException {
    target.writeInt(map.size());
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
      writeString(entry.getKey(), target);
      writeString(entry.getValue(), target);
    }
  }

  /** Reads what {@link #writeMap} wrote. */
  public static Map<String, String> readMap(DataInputView source) throws IOException {
    Map<String, String> map = new TreeMap<>();
    for (int left = source.readInt(); left > 0; left--) {
      map.put(readString(source), readString(source));
    }
    return map;
  }

  /**
   * Reads the version byte that begins a form.
   *
   * @throws IOException if it is none that this release reads
   */
  public static int readVersion(String what, int newest, DataInputView source) throws IOException {
    int version = source.readByte();
    if (version < 1 || version > newest) {
      throw new IOException(
          what + " has version " + version + "; this release reads 1 to " + newest);
    }
    return version;
  }

  private static byte[] readFully(int length, DataInputView source) throws IOException {
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }
}
