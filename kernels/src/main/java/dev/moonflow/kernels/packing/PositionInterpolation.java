package dev.moonflow.kernels.packing;

/**
 * Bicubic interpolation of the position table to an image's grid (SPEC appendix B), for one thread.
 *
 * <p>Every output value is, over its 4 x 4 taps, first reduced along each table row and then over
 * the rows, each in ascending order, by one product and three fused multiply-adds. The first
 * reductions depend only on the table row and the output column, so a column makes them once.
 */
final class PositionInterpolation {
  private final PackingSpec.PositionTable table;
  private final float[] column; // [table rows, D] of the current output column

  PositionInterpolation(PackingSpec.PositionTable table) {
    this.table = table;
    this.column = new float[table.rows() * table.dim()];
  }

  /** Writes [rows, cols, D] to {@code target} from {@code offset}. */
  void interpolate(int rows, int cols, float[] target, int offset) {
    int dim = table.dim();
    if (rows == table.rows() && cols == table.cols()) {
      System.arraycopy(table.values(), 0, target, offset, table.values().length);
      return;
    }
    AxisTaps down = AxisTaps.of(table.rows(), rows);
    AxisTaps across = AxisTaps.of(table.cols(), cols);
    boolean[] used = new boolean[table.rows()];
    for (int row : down.index()) {
      used[row] = true;
    }
    for (int col = 0; col < cols; col++) {
      for (int row = 0; row < used.length; row++) {
        if (used[row]) {
          int from = row * table.cols();
          weighted(table.values(), from, across, col, column, row * dim);
        }
      }
      for (int row = 0; row < rows; row++) {
        weighted(column, 0, down, row, target, offset + (row * cols + col) * dim);
      }
    }
  }

  /** Sum over the four taps of output cell {@code o}: cells of D values, numbered from a cell. */
  private void weighted(
      float[] cells, int firstCell, AxisTaps taps, int o, float[] out, int offset) {
    int dim = table.dim();
    int[] index = taps.index();
    float[] weight = taps.weight();
    int a = (firstCell + index[o * 4]) * dim;
    int b = (firstCell + index[o * 4 + 1]) * dim;
    int c = (firstCell + index[o * 4 + 2]) * dim;
    int d = (firstCell + index[o * 4 + 3]) * dim;
    float wa = weight[o * 4];
    float wb = weight[o * 4 + 1];
    float wc = weight[o * 4 + 2];
    float wd = weight[o * 4 + 3];
    for (int i = 0; i < dim; i++) {
      float sum = wa * cells[a + i];
      sum = Math.fma(wb, cells[b + i], sum);
      sum = Math.fma(wc, cells[c + i], sum);
      out[offset + i] = Math.fma(wd, cells[d + i], sum);
    }
  }
}
