package dev.moonflow.kernels.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Softmax of one row, with its maximum subtracted first. */
public final class Softmax {
  private Softmax() {}

  /**
   * x_i = e^(scale (x_i - max)) / sum_j e^(scale (x_j - max)), in place.
   *
   * <p>The sum has {@value Lanes#PANEL} parts, by index modulo {@value Lanes#PANEL}, each added up
   * in ascending order; the parts are then added in halves. That order is the same on vectors of
   * any width.
   *
   * @param count values from {@code offset}, at least 1
   * @param scale above 0
   */
  public static void scaled(float[] x, int offset, int count, float scale) {
    float max = max(x, offset, count);
    float[] parts = new float[Lanes.PANEL];
    int whole = count - count % Lanes.PANEL;
    for (int lane = 0; lane < Lanes.PANEL; lane += Lanes.WIDTH) {
      FloatVector sum = FloatVector.zero(Lanes.FLOATS);
      for (int i = lane; i < whole; i += Lanes.PANEL) {
        FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, offset + i);
        FloatVector e = VectorTranscendentals.exp(v.sub(max).mul(scale));
        e.intoArray(x, offset + i);
        sum = sum.add(e);
      }
      sum.intoArray(parts, lane);
    }
    for (int i = whole; i < count; i++) {
      float e = Transcendentals.exp((x[offset + i] - max) * scale);
      x[offset + i] = e;
      parts[i - whole] += e;
    }
    multiply(x, offset, count, 1f / addHalves(parts));
  }

  /** The largest of some values. */
  static float max(float[] x, int offset, int count) {
    FloatVector best = FloatVector.broadcast(Lanes.FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= count - Lanes.WIDTH; i += Lanes.WIDTH) {
      best = best.max(FloatVector.fromArray(Lanes.FLOATS, x, offset + i));
    }
    float max = best.reduceLanes(VectorOperators.MAX);
    for (; i < count; i++) {
      max = Math.max(max, x[offset + i]);
    }
    return max;
  }

  private static void multiply(float[] x, int offset, int count, float factor) {
    int i = 0;
    for (; i <= count - Lanes.WIDTH; i += Lanes.WIDTH) {
      FloatVector.fromArray(Lanes.FLOATS, x, offset + i).mul(factor).intoArray(x, offset + i);
    }
    for (; i < count; i++) {
      x[offset + i] *= factor;
    }
  }

  /** Adds 16 parts: 8 pairs at distance 8, then 4, 2, 1. */
  static float addHalves(float[] parts) {
    for (int width = Lanes.PANEL / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        parts[i] += parts[i + width];
      }
    }
    return parts[0];
  }
}
