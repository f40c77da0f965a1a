package dev.moonflow.kernels.math;

import dev.moonflow.kernels.math.PanelProduct.Rows;
import dev.moonflow.kernels.math.PanelProduct.Weights;

/**
 * A matrix kept as 32-bit floats in panels.
 *
 * <pre>
 *   panel 0: input 0: w[0..15][0] | input 1: w[0..15][1] | ... | input in-1
 *   panel 1: input 0: w[16..31][0] | ...
 *   the last panel is filled up with zeros
 * </pre>
 */
final class FloatMatrix implements Matrix {
  private final int out;
  private final int in;
  private final float[] panels;

  FloatMatrix(RowSource rows, int out, int in) {
    this.out = out;
    this.in = in;
    this.panels = new float[PanelLayout.size(out, in, 1)];
    float[] row = new float[in];
    for (int o = 0; o < out; o++) {
      rows.read(o, row);
      int at = PanelLayout.start(o, in);
      for (int i = 0; i < in; i++) {
        panels[at + i * Lanes.PANEL] = row[i];
      }
    }
  }

  @Override
  public int out() {
    return out;
  }

  @Override
  public int in() {
    return in;
  }

  @Override
  public void multiply(
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      float[] bias,
      float[] y,
      int yOffset,
      int yStride) {
    PanelLayout.check(this, x, xOffset, xStride, rows, bias, y, yOffset, yStride);
    Weights all = new Weights(panels, 0, in * Lanes.PANEL, Lanes.PANEL);
    BlockedProduct.run(
        new Rows(x, xOffset, xStride),
        rows,
        in,
        out,
        bias,
        new Rows(y, yOffset, yStride),
        (xs, count, panel, outputs, from, inputs, ys) ->
            PanelProduct.cached(xs, count, all.skip(panel, from), inputs, outputs, ys, from > 0));
  }

  @Override
  public void row(int index, float[] target, int offset) {
    PanelLayout.checkRow(this, index);
    int at = PanelLayout.start(index, in);
    for (int i = 0; i < in; i++) {
      target[offset + i] = panels[at + i * Lanes.PANEL];
    }
  }
}
