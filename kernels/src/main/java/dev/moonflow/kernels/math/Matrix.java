package dev.moonflow.kernels.math;

/**
 * The weight of a linear layer, W[out, in], in a layout made for multiplication. Immutable and
 * shared.
 *
 * <p>Every output element is reduced over {@code in} in one fixed order, whatever the number of
 * rows, the thread that computes it and the width of the machine's vectors.
 */
public interface Matrix {

  /** Rows of W: outputs. */
  int out();

  /** Columns of W: inputs. */
  int in();

  /**
   * y = x Wᵀ + b for some rows that lie apart by strides.
   *
   * @param x row r at {@code xOffset + r * xStride}, [in] values
   * @param xStride values from row to row, at least 0
   * @param bias [out], or null
   * @param y row r at {@code yOffset + r * yStride}, [out] values, overwritten; not in {@code x}
   * @param yStride values from row to row, at least out
   */
  void multiply(
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      float[] bias,
      float[] y,
      int yOffset,
      int yStride);

  /**
   * y = x Wᵀ + b for some rows.
   *
   * @param x [rows, in] from {@code xOffset}, row-major
   * @param bias [out], or null
   * @param y [rows, out] from {@code yOffset}, overwritten
   */
  default void multiply(float[] x, int xOffset, int rows, float[] bias, float[] y, int yOffset) {
    multiply(x, xOffset, in(), rows, bias, y, yOffset, out());
  }

  /**
   * One row of W as floats, for embeddings: copies [in] values to {@code target} from {@code
   * offset}.
   */
  void row(int index, float[] target, int offset);
}
