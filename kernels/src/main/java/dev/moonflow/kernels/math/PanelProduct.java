package dev.moonflow.kernels.math;

/**
 * The product of any number of rows with any number of panels over one block of inputs, cut into
 * tiles.
 *
 * <p>The tile that computes an output changes with the number of rows, its bits do not: every tile
 * reduces an output in the same order.
 */
final class PanelProduct {
  /**
   * Outputs taken through all rows before the next: their weights for one block fill half of L2.
   */
  static final int CACHED = 4 * Lanes.PANEL;

  private static final Scratch PARTIAL = new Scratch();

  private PanelProduct() {}

  /** Weights of some panels: where they start and how far inputs and panels lie apart. */
  record Weights(float[] values, int offset, int panelStride, int inputStride) {
    /** The same weights, further on. */
    Weights skip(int panels, int inputs) {
      return new Weights(
          values, offset + panels * panelStride + inputs * inputStride, panelStride, inputStride);
    }
  }

  /** Some rows of floats: row r starts at {@code offset + r * stride}. */
  record Rows(float[] values, int offset, int stride) {
    /** The same array from another row and column. */
    Rows at(int row, int column) {
      return new Rows(values, offset + row * stride + column, stride);
    }
  }

  /**
   * y = x Wᵀ, or y + x Wᵀ.
   *
   * @param rows rows of x and y
   * @param inputs values of each row of x that are used
   * @param outputs values of each row of y; the last panel may have more lanes than are left
   */
  static void run(Rows x, int rows, Weights w, int inputs, int outputs, Rows y, boolean add) {
    int whole = outputs / Lanes.PANEL;
    int row = 0;
    for (; row + 8 <= rows; row += 8) {
      rows8(x.at(row, 0), w, inputs, whole, y.at(row, 0), add);
    }
    for (; row + 4 <= rows; row += 4) {
      rows4(x.at(row, 0), w, inputs, whole, y.at(row, 0), add);
    }
    for (; row + 2 <= rows; row += 2) {
      rows2(x.at(row, 0), w, inputs, whole, y.at(row, 0), add);
    }
    for (; row < rows; row++) {
      row1(x.at(row, 0), w, inputs, whole, y.at(row, 0), add);
    }
    int left = outputs - whole * Lanes.PANEL;
    if (left > 0) {
      partial(x, rows, w.skip(whole, 0), inputs, left, y.at(0, whole * Lanes.PANEL), add);
    }
  }

  /**
   * As {@link #run}, taking few panels at a time through all rows, so that they stay in the cache.
   */
  static void cached(Rows x, int rows, Weights w, int inputs, int outputs, Rows y, boolean add) {
    for (int o = 0; o < outputs; o += CACHED) {
      int some = Math.min(CACHED, outputs - o);
      run(x, rows, w.skip(o / Lanes.PANEL, 0), inputs, some, y.at(0, o), add);
    }
  }

  private static void rows8(Rows x, Weights w, int k, int panels, Rows y, boolean add) {
    int p = 0;
    for (; p + 2 <= panels; p += 2) {
      WideTiles.rows8panels2(
          x.values,
          x.offset,
          x.stride,
          w.values,
          w.offset + p * w.panelStride,
          w.panelStride,
          w.inputStride,
          k,
          y.values,
          y.offset + p * Lanes.PANEL,
          y.stride,
          add);
    }
    if (p < panels) {
      WideTiles.rows8panels1(
          x.values,
          x.offset,
          x.stride,
          w.values,
          w.offset + p * w.panelStride,
          w.panelStride,
          w.inputStride,
          k,
          y.values,
          y.offset + p * Lanes.PANEL,
          y.stride,
          add);
    }
  }

  private static void rows4(Rows x, Weights w, int k, int panels, Rows y, boolean add) {
    int p = 0;
    for (; p + 2 <= panels; p += 2) {
      NarrowTiles.rows4panels2(
          x.values,
          x.offset,
          x.stride,
          w.values,
          w.offset + p * w.panelStride,
          w.panelStride,
          w.inputStride,
          k,
          y.values,
          y.offset + p * Lanes.PANEL,
          y.stride,
          add);
    }
    if (p < panels) {
      NarrowTiles.rows4panels1(
          x.values,
          x.offset,
          x.stride,
          w.values,
          w.offset + p * w.panelStride,
          w.panelStride,
          w.inputStride,
          k,
          y.values,
          y.offset + p * Lanes.PANEL,
          y.stride,
          add);
    }
  }

  private static void rows2(Rows x, Weights w, int k, int panels, Rows y, boolean add) {
    int p = 0;
    for (; p + 4 <= panels; p += 4) {
      NarrowTiles.rows2panels4(
          x.values,
          x.offset,
          x.stride,
          w.values,
          w.offset + p * w.panelStride,
          w.panelStride,
          w.inputStride,
          k,
          y.values,
          y.offset + p * Lanes.PANEL,
          y.stride,
          add);
    }
    if (p < panels) {
      Weights rest = w.skip(p, 0);
      row1(x, rest, k, panels - p, y.at(0, p * Lanes.PANEL), add);
      row1(x.at(1, 0), rest, k, panels - p, y.at(1, p * Lanes.PANEL), add);
    }
  }

  private static void row1(Rows x, Weights w, int k, int panels, Rows y, boolean add) {
    int p = 0;
    for (; p + 4 <= panels; p += 4) {
      NarrowTiles.rows1panels4(
          x.values,
          x.offset,
          x.stride,
          w.values,
          w.offset + p * w.panelStride,
          w.panelStride,
          w.inputStride,
          k,
          y.values,
          y.offset + p * Lanes.PANEL,
          y.stride,
          add);
    }
    for (; p < panels; p++) {
      NarrowTiles.rows1panels1(
          x.values,
          x.offset,
          x.stride,
          w.values,
          w.offset + p * w.panelStride,
          w.panelStride,
          w.inputStride,
          k,
          y.values,
          y.offset + p * Lanes.PANEL,
          y.stride,
          add);
    }
  }

  /** The last panel, when y has fewer outputs than the panel has lanes. */
  private static void partial(
      Rows x, int rows, Weights w, int inputs, int outputs, Rows y, boolean add) {
    Rows whole = new Rows(PARTIAL.atLeast(rows * Lanes.PANEL), 0, Lanes.PANEL);
    run(x, rows, w, inputs, Lanes.PANEL, whole, false);
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < outputs; o++) {
        float sum = whole.values[r * Lanes.PANEL + o];
        int at = y.offset + r * y.stride + o;
        y.values[at] = add ? y.values[at] + sum : sum;
      }
    }
  }
}
