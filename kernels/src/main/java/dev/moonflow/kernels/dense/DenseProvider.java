package dev.moonflow.kernels.dense;

/**
 * Computes products with packed weights. Stateless to its users; any thread may use it.
 *
 * <p>For INT8 and INT4 every provider gives the same bits; for BF16 a provider gives an element the
 * same bits whatever the other rows and outputs are.
 */
public abstract sealed class DenseProvider permits PortableDense, OneDnnDense {

  /** Outputs of a task, at most; a multiple of 64. */
  static final int OUTPUTS = 256;

  /** Rows of a task, at most. */
  static final int ROWS = 256;

  /** A short name, for example {@code portable}. */
  public abstract String name();

  /** What it computes with, in a few words. */
  public abstract String description();

  /** The form of activations that {@link #sums} wants for so many rows. */
  abstract QuantizedRows.Form form(WeightFormat format, int rows);

  /**
   * Exact sums of products of INT8 or INT4 weights.
   *
   * @param x in the form of {@link #form}
   * @param row first row
   * @param rows at most {@link #ROWS}
   * @param output first output, a multiple of 64
   * @param outputs a multiple of 64, at most {@link #OUTPUTS}
   * @param sums [rows, outputs], overwritten
   */
  abstract void sums(
      MappedWeights w, QuantizedRows x, int row, int rows, int output, int outputs, int[] sums);

  /**
   * Activations for {@link #products}, made once for all tasks.
   *
   * @param x row r at {@code xOffset + r * xStride}, [in] values
   */
  abstract Object activations(MappedWeights w, float[] x, int xOffset, int xStride, int rows);

  /**
   * Products of BF16 weights; as {@link #sums}.
   *
   * @param x what {@link #activations} returned
   * @param y [rows, outputs], overwritten
   */
  abstract void products(
      MappedWeights w, Object x, int row, int rows, int output, int outputs, float[] y);
}
