package dev.moonflow.kernels.dense;

import dev.moonflow.kernels.math.WorkerPool;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of activations rounded to BF16, the even value of two, in the caller's scratch memory.
 *
 * @param bytes [rows, padded], little-endian
 */
record Bf16Rows(ByteBuffer bytes) {
  private static final int ROWS_PER_TASK = 16;
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(
          short.class, jdk.incubator.vector.VectorShape.forBitSize(16 * MappedVectors.WIDTH));

  static Bf16Rows of(float[] x, int xOffset, int xStride, int rows, int in, int padded) {
    int size = Math.multiplyExact(OneDnnDense.padded(rows) + 1, 2 * padded);
    ByteBuffer bytes = DirectScratch.ACTIVATIONS.atLeast(size);
    int tasks = (rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    WorkerPool.shared()
        .forEach(
            tasks,
            2L * rows * in,
            task -> {
              float[] row = new float[padded];
              short[] rounded = new short[padded];
              for (int r = task * ROWS_PER_TASK;
                  r < Math.min(rows, (task + 1) * ROWS_PER_TASK);
                  r++) {
                System.arraycopy(x, xOffset + r * xStride, row, 0, in);
                round(row, rounded);
                bytes
                    .slice(r * padded * 2, padded * 2)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .put(rounded);
              }
            });
    return new Bf16Rows(bytes);
  }

  /** Rounds; what is not a number becomes the quiet NaN. */
  static void round(float[] row, short[] target) {
    for (int i = 0; i < row.length; i += MappedVectors.WIDTH) {
      var values = jdk.incubator.vector.FloatVector.fromArray(MappedVectors.FLOATS, row, i);
      IntVector bits = values.reinterpretAsInts();
      IntVector even = bits.lanewise(VectorOperators.LSHR, 16).and(1);
      IntVector upper = bits.add(even).add(0x7FFF).lanewise(VectorOperators.LSHR, 16);
      var nan = values.compare(VectorOperators.NE, values).cast(MappedVectors.INTS);
      upper = upper.blend(0x7FC0, nan);
      ((ShortVector) upper.convertShape(VectorOperators.I2S, SHORTS, 0)).intoArray(target, i);
    }
  }
}
