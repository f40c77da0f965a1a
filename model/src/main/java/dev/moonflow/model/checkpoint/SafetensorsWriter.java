package dev.moonflow.model.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects tensors and writes them as one safetensors file. The bytes depend on the tensors, their
 * order and the metadata alone. The file appears whole or not at all: it is written beside its
 * place and moved there.
 */
public final class SafetensorsWriter {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHUNK_ELEMENTS = 16_384;

  private sealed interface Values {
    record Floats(float[] values) implements Values {}

    record Shorts(short[] values) implements Values {}

    record Ints(int[] values) implements Values {}

    record Generated(String name, DType dtype, TensorRows source, long elements)
        implements Values {}
  }

  private record Pending(TensorInfo info, Values values) {}

  private final List<Pending> tensors = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> metadata = new TreeMap<>();
  private long dataBytes;

  /** Sets one string of {@code __metadata__}. */
  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Adds a tensor stored as F32; the array is kept, not copied. */
  public SafetensorsWriter f32(String name, float[] values, int... shape) {
    return add(name, DType.F32, new Values.Floats(values), values.length, shape);
  }

  /** Adds a tensor rounded to nearest-even BF16. */
  public SafetensorsWriter bf16(String name, float[] values, int... shape) {
    short[] bits = new short[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = FloatFormats.floatToBf16(values[i]);
    }
    return bf16(name, bits, shape);
  }

  /** Adds a tensor of BF16 bit patterns; the array is kept, not copied. */
  public SafetensorsWriter bf16(String name, short[] bits, int... shape) {
    return add(name, DType.BF16, new Values.Shorts(bits), bits.length, shape);
  }

  /** Adds a tensor stored as I32; the array is kept, not copied. */
  public SafetensorsWriter i32(String name, int[] values, int... shape) {
    return add(name, DType.I32, new Values.Ints(values), values.length, shape);
  }

  /** Adds a tensor of F32 or BF16 whose values are read, a stretch at a time, when written. */
  public SafetensorsWriter generated(String name, DType dtype, TensorRows source, int... shape) {
    if (dtype != DType.F32 && dtype != DType.BF16) {
      throw new IllegalArgumentException("tensor " + name + " cannot be generated as " + dtype);
    }
    long elements = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    return add(name, dtype, new Values.Generated(name, dtype, source, elements), elements, shape);
  }

  private SafetensorsWriter add(String name, DType dtype, Values values, long length, int[] shape) {
    List<Long> dimensions = Arrays.stream(shape).mapToLong(d -> d).boxed().toList();
    long end = dataBytes + length * dtype.bytes();
    TensorInfo info = new TensorInfo(name, dtype, dimensions, dataBytes, end);
    if (info.elements() != length) {
      throw new IllegalArgumentException(
          "tensor " + name + " of shape " + dimensions + " given " + length + " values");
    }
    if (!names.add(name)) {
      throw new IllegalArgumentException("tensor " + name + " is given twice");
    }
    tensors.add(new Pending(info, values));
    dataBytes = end;
    return this;
  }

  /** Names of the tensors added so far, in order. */
  public List<String> names() {
    return tensors.stream().map(t -> t.info().name()).toList();
  }

  /** Bytes of data added so far. */
  public long dataBytes() {
    return dataBytes;
  }

  /** Writes the file, replacing one that is there. */
  public void write(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        byte[] header = header();
        out.write(littleEndian(8).putLong(header.length).array());
        out.write(header);
        for (Pending tensor : tensors) {
          writeValues(out, tensor.values());
        }
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private byte[] header() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = root.putObject("__metadata__");
      metadata.forEach(node::put);
    }
    for (Pending tensor : tensors) {
      TensorInfo info = tensor.info();
      ObjectNode node = root.putObject(info.name());
      node.put("dtype", info.dtype().name());
      info.shape().forEach(node.putArray("shape")::add);
      node.putArray("data_offsets").add(info.begin()).add(info.end());
    }
    byte[] json = JSON.writeValueAsBytes(root);
    // Spaces up to a multiple of 8 keep the data aligned in a memory map.
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, " ".getBytes(StandardCharsets.US_ASCII)[0]);
    return padded;
  }

  private static void writeValues(OutputStream out, Values values) throws IOException {
    if (values instanceof Values.Floats floats) {
      ByteBuffer buffer = littleEndian(4 * CHUNK_ELEMENTS);
      for (int at = 0; at < floats.values().length; at += CHUNK_ELEMENTS) {
        int count = Math.min(CHUNK_ELEMENTS, floats.values().length - at);
        buffer.asFloatBuffer().put(floats.values(), at, count);
        out.write(buffer.array(), 0, 4 * count);
      }
    } else if (values instanceof Values.Shorts shorts) {
      ByteBuffer buffer = littleEndian(2 * CHUNK_ELEMENTS);
      for (int at = 0; at < shorts.values().length; at += CHUNK_ELEMENTS) {
        int count = Math.min(CHUNK_ELEMENTS, shorts.values().length - at);
        buffer.asShortBuffer().put(shorts.values(), at, count);
        out.write(buffer.array(), 0, 2 * count);
      }
    } else if (values instanceof Values.Generated generated) {
      writeGenerated(out, generated);
    } else if (values instanceof Values.Ints ints) {
      ByteBuffer buffer = littleEndian(4 * CHUNK_ELEMENTS);
      for (int at = 0; at < ints.values().length; at += CHUNK_ELEMENTS) {
        int count = Math.min(CHUNK_ELEMENTS, ints.values().length - at);
        buffer.asIntBuffer().put(ints.values(), at, count);
        out.write(buffer.array(), 0, 4 * count);
      }
    }
  }

  private static void writeGenerated(OutputStream out, Values.Generated tensor) throws IOException {
    float[] values = new float[CHUNK_ELEMENTS];
    int size = tensor.dtype().bytes();
    ByteBuffer buffer = littleEndian(size * CHUNK_ELEMENTS);
    for (long at = 0; at < tensor.elements(); at += CHUNK_ELEMENTS) {
      int count = (int) Math.min(CHUNK_ELEMENTS, tensor.elements() - at);
      tensor.source().read(tensor.name(), at, count, values);
      for (int i = 0; i < count; i++) {
        if (tensor.dtype() == DType.F32) {
          buffer.putFloat(4 * i, values[i]);
        } else {
          buffer.putShort(2 * i, FloatFormats.floatToBf16(values[i]));
        }
      }
      out.write(buffer.array(), 0, size * count);
    }
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
