package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Expected values by name, from one safetensors file read whole. It reads the number types that
 * golden files use, apart from the product's checkpoint reader, so that a fault there is seen.
 */
public final class GoldenTensors {
  /** Golden files are small; a larger one is not a golden file. */
  private static final long MAX_FILE_BYTES = 1L << 30;

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Entry(String dtype, int[] shape, ByteBuffer data) {}

  private final Path file;
  private final Map<String, Entry> entries = new TreeMap<>();

  private GoldenTensors(Path file) {
    this.file = file;
  }

  /** Reads a file. */
  static GoldenTensors read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE_BYTES) {
      throw new IOException(
          file + " has " + size + " bytes, golden files at most " + MAX_FILE_BYTES);
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    long header = bytes.remaining() < 8 ? -1 : bytes.getLong(0);
    if (header < 0 || header > size - 8) {
      throw new IOException(file + " is not a safetensors file: its header length is out of range");
    }
    GoldenTensors tensors = new GoldenTensors(file);
    JsonNode root = JSON.readTree(bytes.array(), 8, (int) header);
    ByteBuffer data = bytes.slice(8 + (int) header, (int) (size - 8 - header));
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        tensors.add(field.getKey(), field.getValue(), data);
      }
    }
    return tensors;
  }

  private void add(String name, JsonNode header, ByteBuffer data) throws IOException {
    int[] shape = JSON.convertValue(header.path("shape"), int[].class);
    long start = header.path("data_offsets").path(0).asLong(-1);
    long end = header.path("data_offsets").path(1).asLong(-1);
    String dtype = header.path("dtype").asText();
    long count = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    if (start < 0 || end > data.capacity() || end - start != count * width(dtype)) {
      throw new IOException(file + ": the data of tensor " + name + " do not fit its shape");
    }
    ByteBuffer slice = data.slice((int) start, (int) (end - start));
    entries.put(name, new Entry(dtype, shape, slice.order(ByteOrder.LITTLE_ENDIAN)));
  }

  private int width(String dtype) throws IOException {
    return switch (dtype) {
      case "U8", "I8", "BOOL" -> 1;
      case "F32", "I32" -> 4;
      case "F64", "I64" -> 8;
      default -> throw new IOException(file + " has tensors of unknown type " + dtype);
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

  /** A tensor as floats; doubles are rounded, integers converted. */
  public float[] floats(String name) {
    Entry entry = entry(name);
    ByteBuffer data = entry.data;
    float[] values = new float[count(entry)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (entry.dtype) {
            case "F32" -> data.getFloat(4 * i);
            case "F64" -> (float) data.getDouble(8 * i);
            default -> (float) integer(entry, i);
          };
    }
    return values;
  }

  /** A tensor of integers that fit 32 bits; bytes are unsigned. */
  public int[] ints(String name) {
    Entry entry = entry(name);
    int[] values = new int[count(entry)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.toIntExact(integer(entry, i));
    }
    return values;
  }

  /** A tensor of bytes, such as pixels. */
  public byte[] bytes(String name) {
    Entry entry = entry(name);
    if (!entry.dtype.equals("U8")) {
      throw new IllegalStateException(
          file + ": tensor " + name + " is " + entry.dtype + ", not U8");
    }
    byte[] values = new byte[count(entry)];
    entry.data.get(0, values);
    return values;
  }

  private static long integer(Entry entry, int i) {
    return switch (entry.dtype) {
      case "I64" -> entry.data.getLong(8 * i);
      case "I32" -> entry.data.getInt(4 * i);
      case "I8" -> entry.data.get(i);
      case "U8", "BOOL" -> entry.data.get(i) & 0xff;
      default -> throw new IllegalStateException("a tensor of " + entry.dtype + " has no integers");
    };
  }

  private static int count(Entry entry) {
    return Arrays.stream(entry.shape).reduce(1, Math::multiplyExact);
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalStateException(file + " has no tensor named " + name);
    }
    return entry;
  }
}
