package dev.moonflow.kernels.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Softmax of one row, with its maximum subtracted first. */
public final class Softmax {
  /** Values whose exponentials are held at a time. */
  private static final int SOME = 1024;

  private static final Scratch EXPONENTIALS = new Scratch();

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
    exponentials(x, offset, count, count, max(x, offset, count), scale);
    float[] parts = new float[Lanes.PANEL];
    int whole = count - count % Lanes.PANEL;
    sums(x, offset, whole, parts);
    for (int i = whole; i < count; i++) {
      parts[i - whole] += x[offset + i];
    }
    multiply(x, offset, count, 1f / addHalves(parts));
  }

  /**
   * The same bits, for rows with room behind them: positions from {@code count} to the next
   * multiple of {@value Lanes#PANEL} are read as if they were not there and become 0.
   */
  static void padded(float[] x, int offset, int count, float scale) {
    int end = Lanes.panels(count) * Lanes.PANEL;
    exponentials(x, offset, count, end, max(x, offset, count), scale);
    Arrays.fill(x, offset + count, offset + end, 0f);
    float[] parts = new float[Lanes.PANEL];
    sums(x, offset, end, parts);
    multiply(x, offset, end, 1f / addHalves(parts));
  }

  /**
   * x = e^(scale (x - max)).
   *
   * @param end values that may be overwritten, so that the last ones need no loop of their own
   */
  private static void exponentials(
      float[] x, int offset, int count, int end, float max, float scale) {
    int i = 0;
    for (; i < count && i <= end - Lanes.WIDTH; i += Lanes.WIDTH) {
      FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, offset + i);
      v.sub(max).mul(scale).intoArray(x, offset + i);
    }
    for (; i < count; i++) {
      x[offset + i] = (x[offset + i] - max) * scale;
    }
    VectorTranscendentals.exp(x, offset, end);
  }

  /** The sums of the values whose index is 0, 1, 2 ... modulo {@value Lanes#PANEL}. */
  private static void sums(float[] x, int offset, int whole, float[] parts) {
    for (int lane = 0; lane < Lanes.PANEL; lane += Lanes.WIDTH) {
      FloatVector sum = FloatVector.zero(Lanes.FLOATS);
      for (int i = lane; i < whole; i += Lanes.PANEL) {
        sum = sum.add(FloatVector.fromArray(Lanes.FLOATS, x, offset + i));
      }
      sum.intoArray(parts, lane);
    }
  }

  /**
   * The sum of e^(x_i - max) in double precision, in ascending order.
   *
   * @param count values from {@code offset}
   * @param max of these values
   */
  public static double sumOfExp(float[] x, int offset, int count, float max) {
    float[] e = EXPONENTIALS.atLeast(SOME);
    double total = 0;
    for (int from = 0; from < count; from += SOME) {
      int some = Math.min(SOME, count - from);
      for (int i = 0; i < some; i++) {
        e[i] = x[offset + from + i] - max;
      }
      VectorTranscendentals.exp(e, 0, some);
      for (int i = 0; i < some; i++) {
        total += e[i];
      }
    }
    return total;
  }

  /** The largest of some values; NaN if one is. */
  public static float max(float[] x, int offset, int count) {
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
