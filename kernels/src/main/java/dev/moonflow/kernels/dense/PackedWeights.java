package dev.moonflow.kernels.dense;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The packed weights of one matrix, where they lie in memory. Immutable; any thread may use it.
 *
 * @param format their format
 * @param out rows of W
 * @param in columns of W
 * @param bytes exactly {@link WeightFormat#bytes} of them, direct, little-endian, never moved
 */
public record PackedWeights(WeightFormat format, int out, int in, ByteBuffer bytes) {

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if the buffer is on the heap or of another size
   */
  public PackedWeights {
    long needed = format.bytes(out, in);
    if (!bytes.isDirect() || bytes.remaining() != needed) {
      throw new IllegalArgumentException(
          "%d x %d weights as %s need %d bytes outside the heap, got %d"
              .formatted(out, in, format.label(), needed, bytes.remaining()));
    }
    bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  int paddedIn() {
    return format.paddedIn(in);
  }

  /** Where a block of 64 outputs begins. */
  int block(int index) {
    return Math.toIntExact(index * format.blockBytes(in));
  }

  /** Where a panel of 16 outputs begins. */
  int panel(int index) {
    return Math.toIntExact(index * format.panelBytes(in));
  }

  /** t of an output. */
  float scale(int output) {
    return bytes.getFloat(Math.toIntExact(format.dataBytes(out, in)) + 4 * output);
  }

  /** Sum of an output's integers. */
  int sum(int output) {
    int sums = Math.toIntExact(format.dataBytes(out, in)) + 4 * WeightFormat.paddedOut(out);
    return bytes.getInt(sums + 4 * output);
  }

  /** Copies t of some outputs. */
  void scales(int from, int count, float[] target) {
    int at = Math.toIntExact(format.dataBytes(out, in)) + 4 * from;
    bytes.slice(at, 4 * count).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(target, 0, count);
  }

  /** Copies the sums of some outputs; {@code from + count} may reach into the padding. */
  void sums(int from, int count, int[] target) {
    int at = Math.toIntExact(format.dataBytes(out, in)) + 4 * (WeightFormat.paddedOut(out) + from);
    bytes.slice(at, 4 * count).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(target, 0, count);
  }

  /** One weight: an integer (INT8, INT4) or a value (BF16). */
  float at(int output, int input) {
    int lane = output % WeightFormat.PANEL;
    switch (format) {
      case BF16:
        int pair = block(output / 64) + input / 2 * 256 + output % 64 * 4 + input % 2 * 2;
        return Float.intBitsToFloat(bytes.getShort(pair) << 16);
      case INT8:
        return bytes.get(block(output / 64) + input / 4 * 256 + output % 64 * 4 + input % 4);
      default:
        int row = panel(output / WeightFormat.PANEL) + input / 256 * (64 + 32 * 64);
        int within = input % 256;
        int multipliers = bytes.getInt(row + 4 * lane);
        int m = (multipliers >>> within / WeightFormat.GROUP * 4 & 15) + 1;
        int digits = bytes.get(row + 64 + within / 8 * 64 + 4 * lane + within % 4);
        return m * ((digits >>> (within / 4 % 2 * 4) & 15) - 8);
    }
  }

  /** A row of W as floats: copies [in] values. */
  void row(int output, float[] target, int offset) {
    float scale = format == WeightFormat.BF16 ? 1 : scale(output);
    for (int i = 0; i < in; i++) {
      target[offset + i] = at(output, i) * scale;
    }
  }
}
