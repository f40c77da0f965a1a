package dev.moonflow.model.conformance;

import dev.moonflow.model.checkpoint.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Expected values by name: a safetensors file of the golden folder, read whole. */
public final class GoldenTensors {
  /** Golden files are small; a larger one is not a golden file. */
  private static final long MAX_FILE_BYTES = 1L << 30;

  /** {@code values} is a float[], int[], byte[], long[] or double[]. */
  private record Entry(int[] shape, Object values) {}

  private final Path file;
  private final Map<String, Entry> entries = new TreeMap<>();

  private GoldenTensors(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is missing or too large
   * @throws dev.moonflow.model.checkpoint.CheckpointException if it is damaged
   */
  static GoldenTensors read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE_BYTES) {
      throw new IOException(
          file + " has " + size + " bytes, golden files at most " + MAX_FILE_BYTES);
    }
    GoldenTensors tensors = new GoldenTensors(file);
    try (Safetensors stored = Safetensors.open(file)) {
      for (String name : stored.names()) {
        int[] shape = stored.info(name).shape().stream().mapToInt(Math::toIntExact).toArray();
        tensors.entries.put(name, new Entry(shape, values(stored, name)));
      }
    }
    return tensors;
  }

  private static Object values(Safetensors stored, String name) {
    return switch (stored.info(name).dtype()) {
      case F64 -> stored.doubles(name);
      case I64 -> stored.longs(name);
      case I32 -> stored.ints(name);
      case U8, I8, BOOL -> stored.bytes(name);
      default -> stored.floats(name);
    };
  }

  /** Every name, in order. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** Whether there is a tensor of this name. */
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /** A tensor's shape, slowest dimension first. */
  public int[] shape(String name) {
    return entry(name).shape.clone();
  }

  /** A tensor of floating-point numbers; doubles are rounded. */
  public float[] floats(String name) {
    Object values = entry(name).values;
    if (values instanceof double[] doubles) {
      float[] rounded = new float[doubles.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) doubles[i];
      }
      return rounded;
    }
    return as(float[].class, values, name);
  }

  /** A tensor of integers that fit 32 bits. */
  public int[] ints(String name) {
    Object values = entry(name).values;
    if (values instanceof long[] longs) {
      int[] narrowed = new int[longs.length];
      for (int i = 0; i < narrowed.length; i++) {
        narrowed[i] = Math.toIntExact(longs[i]);
      }
      return narrowed;
    }
    return as(int[].class, values, name);
  }

  /** A tensor of bytes, such as pixels. */
  public byte[] bytes(String name) {
    return as(byte[].class, entry(name).values, name);
  }

  private <T> T as(Class<T> type, Object values, String name) {
    if (!type.isInstance(values)) {
      throw new IllegalStateException(
          file + ": tensor " + name + " does not hold " + type.getSimpleName());
    }
    return type.cast(values);
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalStateException(file + " has no tensor named " + name);
    }
    return entry;
  }
}
