package dev.moonflow.kernels.dense;

import dev.moonflow.kernels.math.RowSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Packs a matrix block by block, so that a matrix of any size takes the memory of 64 rows. The
 * bytes are a function of the values alone.
 */
public final class WeightPacker {
  private final WeightFormat format;
  private final int out;
  private final int in;
  private final float[] row;
  private final int[] integers;
  private final Int4Rounding rounding;
  private final ByteBuffer block;

  /** Takes packed bytes in order. */
  @FunctionalInterface
  public interface Sink {
    /** Takes what remains in a buffer that is then used again. */
    void write(ByteBuffer bytes) throws IOException;
  }

  private WeightPacker(WeightFormat format, int out, int in) {
    this.format = format;
    this.out = out;
    this.in = in;
    this.row = new float[in];
    this.integers = new int[format.paddedIn(in)];
    this.rounding = new Int4Rounding(in);
    this.block =
        ByteBuffer.allocate(Math.toIntExact(format.blockBytes(in))).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Packs W[out, in].
   *
   * @param rows finite values; INT8 and INT4 round them, BF16 rounds to nearest even
   * @param sink takes exactly {@link WeightFormat#bytes}
   * @throws IllegalArgumentException if a value is not finite, naming its place
   */
  public static void pack(WeightFormat format, RowSource rows, int out, int in, Sink sink)
      throws IOException {
    format.bytes(out, in);
    new WeightPacker(format, out, in).run(rows, sink);
  }

  /** Packs W[out, in] into memory outside the heap. */
  public static PackedWeights pack(WeightFormat format, RowSource rows, int out, int in) {
    // A page more, so that the weights can begin at a multiple of 64 bytes.
    ByteBuffer memory =
        ByteBuffer.allocateDirect(Math.toIntExact(format.bytes(out, in) + WeightFormat.BLOCK))
            .alignedSlice(WeightFormat.BLOCK);
    try {
      pack(format, rows, out, in, memory::put);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail to be written", e);
    }
    return new PackedWeights(format, out, in, memory.flip());
  }

  private void run(RowSource rows, Sink sink) throws IOException {
    int padded = WeightFormat.paddedOut(out);
    ByteBuffer scales = ByteBuffer.allocate(8 * padded).order(ByteOrder.LITTLE_ENDIAN);
    for (int first = 0; first < padded; first += WeightFormat.BLOCK) {
      clear();
      for (int o = first; o < Math.min(first + WeightFormat.BLOCK, out); o++) {
        rows.read(o, row);
        checkFinite(o);
        switch (format) {
          case BF16 -> putBf16(o % WeightFormat.BLOCK);
          case INT8 -> putInt8(o, scales);
          case INT4 -> putInt4(o, scales);
        }
      }
      sink.write(block.rewind());
    }
    if (format != WeightFormat.BF16) {
      sink.write(scales.rewind());
    }
  }

  /** Zeros: for INT4 a zero is the digit 8. */
  private void clear() {
    Arrays.fill(block.array(), (byte) 0);
    if (format == WeightFormat.INT4) {
      for (int o = 0; o < WeightFormat.BLOCK; o++) {
        for (int i = 0; i < integers.length; i += 8) {
          block.putInt(digits(o, i), 0x88888888);
        }
      }
    }
  }

  private void checkFinite(int output) {
    for (int i = 0; i < in; i++) {
      if (!Float.isFinite(row[i])) {
        throw new IllegalArgumentException("row %d, column %d is %s".formatted(output, i, row[i]));
      }
    }
  }

  private void putBf16(int lane) {
    for (int i = 0; i < in; i++) {
      block.putShort(i / 2 * 256 + lane * 4 + i % 2 * 2, (short) (roundToBf16(row[i]) >>> 16));
    }
  }

  /** The bits of the nearest BF16 value, the even one of two, in the upper half. */
  static int roundToBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000;
  }

  private void putInt8(int output, ByteBuffer scales) {
    float scale = Int8Rounding.quantize(row, integers);
    int lane = output % WeightFormat.BLOCK;
    int sum = 0;
    for (int i = 0; i < in; i++) {
      sum += integers[i];
      block.put(i / 4 * 256 + lane * 4 + i % 4, (byte) integers[i]);
    }
    putScale(output, scale, sum, scales);
  }

  private void putInt4(int output, ByteBuffer scales) {
    float scale = rounding.quantize(row);
    int lane = output % WeightFormat.BLOCK;
    int sum = 0;
    for (int from = 0; from < in; from += WeightFormat.GROUP) {
      int m = rounding.multiplier(from / WeightFormat.GROUP);
      int multipliers = digits(lane, from / 256 * 256) - 64;
      int shift = from % 256 / WeightFormat.GROUP * 4;
      block.putInt(multipliers, block.getInt(multipliers) | m - 1 << shift);
      for (int i = from; i < from + WeightFormat.GROUP; i += 8) {
        int word = 0;
        for (int j = 0; j < 4; j++) {
          word |= rounding.digit(i + j) + 8 << 8 * j;
          word |= rounding.digit(i + 4 + j) + 8 << 8 * j + 4;
          sum += m * (rounding.digit(i + j) + rounding.digit(i + 4 + j));
        }
        block.putInt(digits(lane, i), word);
      }
    }
    putScale(output, scale, sum, scales);
  }

  private void putScale(int output, float scale, int sum, ByteBuffer scales) {
    scales.putFloat(4 * output, scale);
    scales.putInt(4 * (WeightFormat.paddedOut(out) + output), sum);
  }

  /** Where the 8 digits of an output of this block from input {@code i} on are. */
  private int digits(int lane, int i) {
    int panel = Math.toIntExact(lane / WeightFormat.PANEL * format.panelBytes(in));
    int row = panel + i / 256 * (64 + 32 * 64);
    return row + 64 + i % 256 / 8 * 64 + lane % WeightFormat.PANEL * 4;
  }
}
