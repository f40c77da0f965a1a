package dev.moonflow.kernels.math;

import java.util.Objects;

/** Where values lie in panels, and the checks that all products make. */
final class PanelLayout {
  private PanelLayout() {}

  /** Array elements for [out, in] weights, {@code perElement} of them in each. */
  static int size(int out, int in, int perElement) {
    if (out < 1 || in < 1) {
      throw new IllegalArgumentException(
          "a matrix needs rows and columns, got " + out + " x " + in);
    }
    long steps = ((long) in + perElement - 1) / perElement;
    long size = Lanes.panels(out) * steps * Lanes.PANEL;
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a matrix of " + out + " x " + in + " is too large");
    }
    return (int) size;
  }

  /** The element of output {@code o} at input 0, in panels of {@code steps} steps. */
  static int start(int o, int steps) {
    return o / Lanes.PANEL * steps * Lanes.PANEL + o % Lanes.PANEL;
  }

  static void checkRow(Matrix w, int index) {
    Objects.checkIndex(index, w.out());
  }

  /** Refuses operands that are too short. */
  static void check(
      Matrix w,
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      float[] bias,
      float[] y,
      int yOffset,
      int yStride) {
    if (rows < 0 || xStride < 0 || yStride < w.out()) {
      throw new IllegalArgumentException(
          "rows " + rows + ", strides " + xStride + " and " + yStride + " do not fit " + w.out());
    }
    if (rows > 0) {
      checkSpan("x", xOffset, (rows - 1L) * xStride + w.in(), x.length);
      checkSpan("y", yOffset, (rows - 1L) * yStride + w.out(), y.length);
    }
    if (bias != null && bias.length != w.out()) {
      throw new IllegalArgumentException(
          "bias of " + bias.length + " values for " + w.out() + " outputs");
    }
  }

  private static void checkSpan(String name, int offset, long span, int length) {
    if (offset < 0 || offset + span > length) {
      throw new IllegalArgumentException(
          name + " has " + length + " values, the product needs " + (offset + span));
    }
  }
}
