package dev.moonflow.kernels.dense;

import dev.moonflow.kernels.math.WorkerPool;
import java.nio.ByteBuffer;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of activations as integers from -127 to 127 and a scale for each row, in the form that a
 * kernel reads. A row's integers depend on the row alone.
 */
final class QuantizedRows {
  /** How the integers are kept. */
  enum Form {
    /**
     * For each 8 inputs i to i+7 four ints, each two shorts, lower half first: (i, i+2), (i+4,
     * i+6), (i+1, i+3), (i+5, i+7); and the sums of each 32 inputs.
     */
    PAIRS,
    /** As floats. */
    FLOATS,
    /** 128 more than the integer, as unsigned bytes outside the heap. */
    BYTES
  }

  /** 1.5 * 2^23: adding and taking away rounds a float to an integer, to the even one of two. */
  private static final float ROUND = 12_582_912f;

  private static final int ROWS_PER_TASK = 16;

  /** As many bytes as there are ints in a vector; null where no vector is so short. */
  private static final VectorSpecies<Byte> BYTES =
      MappedVectors.WIDTH < 8
          ? null
          : VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * MappedVectors.WIDTH));

  private final int rows;
  private final int padded;
  private final float[] scales; // [rows]
  private final int[] pairs; // [rows, padded / 2]
  private final int[] groupSums; // [rows, padded / 32]
  private final float[] floats; // [rows, padded]
  private final ByteBuffer bytes; // [rows, padded]

  private QuantizedRows(int rows, int padded, Form form) {
    int size = Math.multiplyExact(rows, padded);
    this.rows = rows;
    this.padded = padded;
    this.scales = new float[rows];
    this.pairs = form == Form.PAIRS ? new int[size / 2] : null;
    this.groupSums = form == Form.PAIRS ? new int[size / WeightFormat.GROUP] : null;
    this.floats = form == Form.FLOATS ? new float[size] : null;
    this.bytes =
        form == Form.BYTES
            ? DirectScratch.ACTIVATIONS.atLeast(
                Math.multiplyExact(OneDnnDense.padded(rows), padded))
            : null;
  }

  /**
   * Quantises rows. In the form of bytes they lie in the caller's scratch memory, until it
   * quantises again.
   *
   * @param x row r at {@code xOffset + r * xStride}, [in] values; a row with a value that is not
   *     finite gets NaN for a scale
   * @param padded inputs with padding, which is 0
   */
  static QuantizedRows of(
      float[] x, int xOffset, int xStride, int rows, int in, int padded, Form form) {
    QuantizedRows result = new QuantizedRows(rows, padded, form);
    int tasks = (rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    WorkerPool.shared()
        .forEach(
            tasks,
            2L * rows * in,
            task -> {
              float[] row = new float[padded];
              for (int r = task * ROWS_PER_TASK;
                  r < Math.min(rows, (task + 1) * ROWS_PER_TASK);
                  r++) {
                System.arraycopy(x, xOffset + r * xStride, row, 0, in);
                result.quantize(row, in, r);
              }
            });
    return result;
  }

  private void quantize(float[] row, int in, int r) {
    float largest = largest(row, in);
    float perStep = 0;
    if (!Float.isFinite(largest)) {
      scales[r] = Float.NaN;
    } else if (largest >= Int8Rounding.TINY) {
      scales[r] = largest / Int8Rounding.MAX;
      perStep = Int8Rounding.MAX / largest;
    }
    int at = r * padded;
    if (floats != null) {
      round(row, perStep, floats, at);
    } else {
      int[] integers = new int[padded];
      round(row, perStep, integers);
      if (pairs != null) {
        pack(integers, r);
      } else {
        shift(integers, new byte[padded], at);
      }
    }
  }

  private static float largest(float[] row, int in) {
    FloatVector most = FloatVector.zero(MappedVectors.FLOATS);
    int i = 0;
    for (; i + MappedVectors.WIDTH <= in; i += MappedVectors.WIDTH) {
      FloatVector v = FloatVector.fromArray(MappedVectors.FLOATS, row, i);
      most = most.max(v.abs());
    }
    float largest = most.reduceLanes(VectorOperators.MAX);
    for (; i < in; i++) {
      largest = Math.max(largest, Math.abs(row[i]));
    }
    return largest;
  }

  private void round(float[] row, float perStep, float[] target, int at) {
    for (int i = 0; i < padded; i += MappedVectors.WIDTH) {
      FloatVector v = FloatVector.fromArray(MappedVectors.FLOATS, row, i);
      v.mul(perStep).add(ROUND).sub(ROUND).intoArray(target, at + i);
    }
  }

  private void round(float[] row, float perStep, int[] target) {
    int base = Float.floatToRawIntBits(ROUND);
    for (int i = 0; i < padded; i += MappedVectors.WIDTH) {
      FloatVector v = FloatVector.fromArray(MappedVectors.FLOATS, row, i);
      IntVector rounded = v.mul(perStep).add(ROUND).reinterpretAsInts();
      rounded.sub(base).intoArray(target, i);
    }
  }

  private void pack(int[] q, int r) {
    int to = r * padded / 2;
    for (int i = 0; i < padded; i += 8) {
      pairs[to++] = q[i] & 0xFFFF | q[i + 2] << 16;
      pairs[to++] = q[i + 4] & 0xFFFF | q[i + 6] << 16;
      pairs[to++] = q[i + 1] & 0xFFFF | q[i + 3] << 16;
      pairs[to++] = q[i + 5] & 0xFFFF | q[i + 7] << 16;
    }
    int sums = r * padded / WeightFormat.GROUP;
    for (int from = 0; from < padded; from += WeightFormat.GROUP) {
      int sum = 0;
      for (int i = from; i < from + WeightFormat.GROUP; i++) {
        sum += q[i];
      }
      groupSums[sums + from / WeightFormat.GROUP] = sum;
    }
  }

  private void shift(int[] q, byte[] row, int at) {
    if (BYTES == null) {
      for (int i = 0; i < padded; i++) {
        row[i] = (byte) (q[i] + 128);
      }
    } else {
      for (int i = 0; i < padded; i += MappedVectors.WIDTH) {
        IntVector v = IntVector.fromArray(MappedVectors.INTS, q, i).add(128);
        ((ByteVector) v.convertShape(VectorOperators.I2B, BYTES, 0)).intoArray(row, i);
      }
    }
    bytes.put(at, row, 0, padded);
  }

  int rows() {
    return rows;
  }

  /** Inputs with padding: values from row to row in floats and bytes. */
  int padded() {
    return padded;
  }

  float scale(int row) {
    return scales[row];
  }

  int[] pairs() {
    return pairs;
  }

  int[] groupSums() {
    return groupSums;
  }

  float[] floats() {
    return floats;
  }

  ByteBuffer bytes() {
    return bytes;
  }
}
