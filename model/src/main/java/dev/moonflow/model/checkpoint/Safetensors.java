package dev.moonflow.model.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * An open safetensors file, read through memory maps (SPEC section 2). Files and tensors may be
 * larger than 2 GiB; a tensor may have at most 2^31 - 9 elements to be read as one array.
 * Thread-safe.
 */
public final class Safetensors implements AutoCloseable {

  private static final int LENGTH_BYTES = 8;
  private static final long ARRAY_ELEMENTS_MAX = Integer.MAX_VALUE - 8L;

  private final MappedFile file;
  private final byte[] headerJson;
  private final SafetensorsHeader header;

  private Safetensors(MappedFile file) {
    this.file = file;
    if (file.size() < LENGTH_BYTES) {
      throw new CheckpointException(
          file.file() + ": " + file.size() + " bytes are too few for a safetensors file.");
    }
    long length =
        ByteBuffer.wrap(file.read(0, LENGTH_BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long limit = Math.min(SafetensorsHeader.BYTES_MAX, file.size() - LENGTH_BYTES);
    if (length < 2 || length > limit) {
      throw new CheckpointException(
          "%s: header length %s is outside 2..%d."
              .formatted(file.file(), Long.toUnsignedString(length), limit));
    }
    headerJson = file.read(LENGTH_BYTES, (int) length);
    header = SafetensorsHeader.parse(file.file(), headerJson, file.size() - LENGTH_BYTES - length);
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws CheckpointException if it cannot be read or the header is not valid
   */
  public static Safetensors open(Path file) {
    return open(file, MappedFile.SEGMENT_BYTES);
  }

  /** As {@link #open(Path)} with maps of {@code segmentBytes}, a multiple of 8. */
  static Safetensors open(Path file, long segmentBytes) {
    MappedFile mapped = new MappedFile(file, segmentBytes);
    try {
      return new Safetensors(mapped);
    } catch (RuntimeException e) {
      mapped.close();
      throw e;
    }
  }

  /** The file. */
  public Path file() {
    return file.file();
  }

  /** Bytes of the whole file. */
  public long size() {
    return file.size();
  }

  /** Names of all tensors, in name order. */
  public Set<String> names() {
    return header.tensors().keySet();
  }

  /** The strings under {@code __metadata__}. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** The header's JSON as stored. */
  byte[] headerJson() {
    return headerJson;
  }

  /** Whether there is such a tensor. */
  public boolean has(String name) {
    return header.tensors().containsKey(name);
  }

  /**
   * The header entry of a tensor.
   *
   * @throws CheckpointException if there is none
   */
  public TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw new CheckpointException(file() + " has no tensor " + name + ".");
    }
    return info;
  }

  /** All values of an F32, F16 or BF16 tensor, widened exactly; row-major. */
  public float[] floats(String name) {
    TensorInfo info = info(name);
    float[] values = new float[arrayLength(info)];
    switch (info.dtype()) {
      case F32 ->
          forEachSegment(info, (b, at) -> b.asFloatBuffer().get(values, at, b.remaining() / 4));
      case F16 -> forEachSegment(info, (b, at) -> widenF16(b, values, at));
      case BF16 -> forEachSegment(info, (b, at) -> widenBf16(b, values, at));
      default -> throw notOfType(info, "F32, F16 or BF16");
    }
    return values;
  }

  /** Some values of an F32, F16 or BF16 tensor, widened exactly, to the front of an array. */
  void floats(String name, long from, int count, float[] target) {
    TensorInfo info = info(name);
    if (from < 0 || count < 0 || from + count > info.elements()) {
      throw new IllegalArgumentException(
          "elements %d to %d of tensor %s, which has %d"
              .formatted(from, from + count, name, info.elements()));
    }
    int size = info.dtype().bytes();
    byte[] bytes =
        file.read(dataStart() + info.begin() + from * size, Math.multiplyExact(count, size));
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    switch (info.dtype()) {
      case F32 -> b.asFloatBuffer().get(target, 0, count);
      case F16 -> widenF16(b, target, 0);
      case BF16 -> widenBf16(b, target, 0);
      default -> throw notOfType(info, "F32, F16 or BF16");
    }
  }

  /** All bit patterns of a BF16 tensor; row-major. */
  public short[] bf16(String name) {
    TensorInfo info = expect(name, DType.BF16);
    short[] values = new short[arrayLength(info)];
    forEachSegment(info, (b, at) -> b.asShortBuffer().get(values, at, b.remaining() / 2));
    return values;
  }

  /** All values of an F64 tensor; row-major. */
  public double[] doubles(String name) {
    TensorInfo info = expect(name, DType.F64);
    double[] values = new double[arrayLength(info)];
    forEachSegment(info, (b, at) -> b.asDoubleBuffer().get(values, at, b.remaining() / 8));
    return values;
  }

  /** All values of an I64 tensor; row-major. */
  public long[] longs(String name) {
    TensorInfo info = expect(name, DType.I64);
    long[] values = new long[arrayLength(info)];
    forEachSegment(info, (b, at) -> b.asLongBuffer().get(values, at, b.remaining() / 8));
    return values;
  }

  /** All values of an I32 tensor; row-major. */
  public int[] ints(String name) {
    TensorInfo info = expect(name, DType.I32);
    int[] values = new int[arrayLength(info)];
    forEachSegment(info, (b, at) -> b.asIntBuffer().get(values, at, b.remaining() / 4));
    return values;
  }

  /** All bytes of a U8, I8 or BOOL tensor; row-major. */
  public byte[] bytes(String name) {
    TensorInfo info = info(name);
    if (info.dtype().bytes() != 1) {
      throw notOfType(info, "U8, I8 or BOOL");
    }
    byte[] values = new byte[arrayLength(info)];
    forEachSegment(info, (b, at) -> b.get(values, at, b.remaining()));
    return values;
  }

  /** The first bytes of a tensor's data, at most {@code limit}. */
  byte[] firstBytes(TensorInfo info, int limit) {
    return file.read(dataStart() + info.begin(), (int) Math.min(limit, info.byteLength()));
  }

  @Override
  public void close() {
    file.close();
  }

  private interface ElementReader {
    /** Reads a segment whose first element has index {@code at}. */
    void read(ByteBuffer segment, int at);
  }

  private void forEachSegment(TensorInfo info, ElementReader reader) {
    file.forEachSegment(
        dataStart() + info.begin(),
        info.byteLength(),
        (segment, done) -> reader.read(segment, (int) (done / info.dtype().bytes())));
  }

  private static void widenF16(ByteBuffer segment, float[] values, int at) {
    for (int i = 0, n = segment.remaining() / 2; i < n; i++) {
      values[at + i] = FloatFormats.f16ToFloat(segment.getShort(2 * i));
    }
  }

  private static void widenBf16(ByteBuffer segment, float[] values, int at) {
    for (int i = 0, n = segment.remaining() / 2; i < n; i++) {
      values[at + i] = FloatFormats.bf16ToFloat(segment.getShort(2 * i));
    }
  }

  private TensorInfo expect(String name, DType dtype) {
    TensorInfo info = info(name);
    if (info.dtype() != dtype) {
      throw notOfType(info, dtype.name());
    }
    return info;
  }

  private CheckpointException notOfType(TensorInfo info, String expected) {
    return new CheckpointException(
        "%s: tensor %s is of type %s, expected %s."
            .formatted(file(), info.name(), info.dtype(), expected));
  }

  private int arrayLength(TensorInfo info) {
    if (info.elements() > ARRAY_ELEMENTS_MAX) {
      throw new CheckpointException(
          "%s: tensor %s has %d elements, more than the %d of an array."
              .formatted(file(), info.name(), info.elements(), ARRAY_ELEMENTS_MAX));
    }
    return (int) info.elements();
  }

  private long dataStart() {
    return LENGTH_BYTES + (long) headerJson.length;
  }
}
