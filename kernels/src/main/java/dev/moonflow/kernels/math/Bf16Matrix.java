package dev.moonflow.kernels.math;

import dev.moonflow.kernels.math.PanelProduct.Rows;
import dev.moonflow.kernels.math.PanelProduct.Weights;

/**
 * A matrix kept as BF16, two inputs to an int, in panels. A BF16 value is the upper half of a
 * float, so widening is a shift or a mask and loses nothing.
 *
 * <pre>
 *   panel 0, inputs 0 and 1: one int for each of outputs 0..15
 *       bits 31..16: w[o][1]     bits 15..0: w[o][0]
 *   panel 0, inputs 2 and 3: ...
 *   an odd last input has 0 in its upper half; the last panel is filled up with zeros
 * </pre>
 */
final class Bf16Matrix implements Matrix {
  /** From so many rows on, weights are widened once into a scratch block that all rows share. */
  private static final int WIDEN_ROWS = 4;

  private static final Scratch WIDENED = new Scratch();

  private final int out;
  private final int in;
  private final int pairs;
  private final int[] panels;

  /** Gives the rows of BF16 bit patterns, in ascending order. */
  interface Bf16Rows {
    void read(int index, short[] target);
  }

  Bf16Matrix(Bf16Rows rows, int out, int in) {
    this.out = out;
    this.in = in;
    this.pairs = (in + 1) / 2;
    this.panels = new int[PanelLayout.size(out, in, 2)];
    short[] row = new short[in];
    for (int o = 0; o < out; o++) {
      rows.read(o, row);
      int at = PanelLayout.start(o, pairs);
      for (int i = 0; i < in; i++) {
        int bits = row[i] & 0xFFFF;
        panels[at + i / 2 * Lanes.PANEL] |= i % 2 == 0 ? bits : bits << 16;
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
    BlockedProduct.Block block = rows < WIDEN_ROWS ? this::direct : this::widened;
    Rows target = new Rows(y, yOffset, yStride);
    BlockedProduct.run(new Rows(x, xOffset, xStride), rows, in, out, bias, target, block);
  }

  private void direct(Rows x, int rows, int panel, int outputs, int from, int inputs, Rows y) {
    for (int r = 0; r < rows; r++) {
      Rows xr = x.at(r, 0);
      Rows yr = y.at(r, 0);
      int whole = outputs / Lanes.PANEL;
      int at = panel * pairs * Lanes.PANEL + from / 2 * Lanes.PANEL;
      Bf16Tiles.run(xr, panels, at, pairs * Lanes.PANEL, inputs, whole, yr, from > 0);
      int left = outputs - whole * Lanes.PANEL;
      if (left > 0) {
        float[] last = WIDENED.atLeast(Lanes.PANEL);
        int lastAt = at + whole * pairs * Lanes.PANEL;
        Bf16Tiles.run(xr, panels, lastAt, 0, inputs, 1, new Rows(last, 0, Lanes.PANEL), false);
        int ya = yr.offset() + whole * Lanes.PANEL;
        for (int o = 0; o < left; o++) {
          y.values()[ya + o] = from > 0 ? y.values()[ya + o] + last[o] : last[o];
        }
      }
    }
  }

  private void widened(Rows x, int rows, int panel, int outputs, int from, int inputs, Rows y) {
    int steps = (inputs + 1) / 2 * 2;
    int panelSize = steps * Lanes.PANEL;
    float[] wide = WIDENED.atLeast(PanelProduct.CACHED / Lanes.PANEL * panelSize);
    for (int o = 0; o < outputs; o += PanelProduct.CACHED) {
      int some = Math.min(PanelProduct.CACHED, outputs - o);
      for (int p = 0; p < Lanes.panels(some); p++) {
        int at = ((panel + o / Lanes.PANEL + p) * pairs + from / 2) * Lanes.PANEL;
        Bf16Tiles.widen(panels, at, steps / 2, wide, p * panelSize);
      }
      Weights w = new Weights(wide, 0, panelSize, Lanes.PANEL);
      PanelProduct.run(x, rows, w, inputs, some, y.at(0, o), from > 0);
    }
  }

  @Override
  public void row(int index, float[] target, int offset) {
    PanelLayout.checkRow(this, index);
    int at = PanelLayout.start(index, pairs);
    for (int i = 0; i < in; i++) {
      int pair = panels[at + i / 2 * Lanes.PANEL];
      target[offset + i] = Float.intBitsToFloat(i % 2 == 0 ? pair << 16 : pair & 0xFFFF0000);
    }
  }
}
