package dev.moonflow.model.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open safetensors file, read through memory maps (SPEC section 2). Files and tensors may be
 * larger than 2 GiB; a tensor may have at most 2^31 - 9 elements to be read as one array.
 * Thread-safe.
 */
public final class Safetensors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Safetensors.class);

  // A map is at most 2^31 - 1 bytes; a power of two keeps every element inside one map.
  private static final long SEGMENT_BYTES = 1L << 30;
  private static final int LENGTH_BYTES = 8;
  private static final long ARRAY_ELEMENTS_MAX = Integer.MAX_VALUE - 8L;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final byte[] headerJson;
  private final SafetensorsHeader header;
  private final long segmentBytes;

  private Safetensors(Path file, FileChannel channel, long segmentBytes) throws IOException {
    this.file = file;
    this.channel = channel;
    this.segmentBytes = segmentBytes;
    this.size = channel.size();
    if (size < LENGTH_BYTES) {
      throw new CheckpointException(
          file + ": " + size + " bytes are too few for a safetensors file.");
    }
    long length = readFully(0, LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    long limit = Math.min(SafetensorsHeader.BYTES_MAX, size - LENGTH_BYTES);
    if (length < 2 || length > limit) {
      throw new CheckpointException(
          "%s: header length %s is outside 2..%d."
              .formatted(file, Long.toUnsignedString(length), limit));
    }
    this.headerJson = readFully(LENGTH_BYTES, (int) length).array();
    this.header = SafetensorsHeader.parse(file, headerJson, size - LENGTH_BYTES - length);
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws CheckpointException if it cannot be read or the header is not valid
   */
  public static Safetensors open(Path file) {
    return open(file, SEGMENT_BYTES);
  }

  /** As {@link #open(Path)} with maps of {@code segmentBytes}, a multiple of 8. */
  static Safetensors open(Path file, long segmentBytes) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      return new Safetensors(file, channel, segmentBytes);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new CheckpointException(file + " cannot be read: " + e + ".", e);
    } catch (RuntimeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Bytes of the whole file. */
  public long size() {
    return size;
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
      throw new CheckpointException(file + " has no tensor " + name + ".");
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
    try {
      return readFully(dataStart() + info.begin(), (int) Math.min(limit, info.byteLength()))
          .array();
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e + ".", e);
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private interface SegmentReader {
    /** Reads a little-endian segment whose first element has index {@code at}. */
    void read(ByteBuffer segment, int at);
  }

  private void forEachSegment(TensorInfo info, SegmentReader reader) {
    try {
      for (long done = 0; done < info.byteLength(); done += segmentBytes) {
        long length = Math.min(segmentBytes, info.byteLength() - done);
        ByteBuffer segment =
            channel.map(FileChannel.MapMode.READ_ONLY, dataStart() + info.begin() + done, length);
        reader.read(
            segment.order(ByteOrder.LITTLE_ENDIAN), Math.toIntExact(done / info.dtype().bytes()));
      }
    } catch (IOException e) {
      throw new CheckpointException(
          "%s: tensor %s cannot be read: %s.".formatted(file, info.name(), e), e);
    }
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
            .formatted(file, info.name(), info.dtype(), expected));
  }

  private int arrayLength(TensorInfo info) {
    if (info.elements() > ARRAY_ELEMENTS_MAX) {
      throw new CheckpointException(
          "%s: tensor %s has %d elements, more than the %d of an array."
              .formatted(file, info.name(), info.elements(), ARRAY_ELEMENTS_MAX));
    }
    return (int) info.elements();
  }

  private long dataStart() {
    return LENGTH_BYTES + (long) headerJson.length;
  }

  private ByteBuffer readFully(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position + buffer.position());
      if (count < 0) {
        throw new CheckpointException(
            "%s ends at byte %d.".formatted(file, position + buffer.position()));
      }
    }
    return buffer;
  }

  private static void closeQuietly(FileChannel channel) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // Opened for reading only: nothing can be lost, and the first error matters more.
      LOG.debug("closing a safetensors file", e);
    }
  }
}
