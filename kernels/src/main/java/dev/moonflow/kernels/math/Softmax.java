package dev.moonflow.kernels.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Softmax of one row, with its maximum subtracted first. */
public final class Softmax {
  /** Values whose exponentials are held at a time. */
  private static final int SOME = 1024;

  private static final Scratch EXPONENTIALS = new Scratch();

  /** 0, 1, 2 ... of the lanes. */
  private static final FloatVector LANE = (FloatVector) Lanes.FLOATS.broadcast(0).addIndex(1);

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

  /**
   * The same bits, for rows with room behind them: positions from {@code count} to the next
   * multiple of {@value Lanes#PANEL} are read as if they were not there and become 0.
   */
  static void padded(float[] x, int offset, int count, float scale) {
    int whole = count - count % Lanes.WIDTH;
    FloatVector best = FloatVector.broadcast(Lanes.FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < whole; i += Lanes.WIDTH) {
      best = best.max(FloatVector.fromArray(Lanes.FLOATS, x, offset + i));
    }
    VectorMask<Float> behind = LANE.compare(VectorOperators.GE, (float) (count - whole));
    if (whole < count) {
      FloatVector last = FloatVector.fromArray(Lanes.FLOATS, x, offset + whole);
      best = best.max(last.blend(Float.NEGATIVE_INFINITY, behind));
    }
    float max = best.reduceLanes(VectorOperators.MAX);
    int end = Lanes.panels(count) * Lanes.PANEL;
    float[] parts = new float[Lanes.PANEL];
    for (int lane = 0; lane < Lanes.PANEL; lane += Lanes.WIDTH) {
      FloatVector sum = FloatVector.zero(Lanes.FLOATS);
      int i = lane;
      for (; i < whole; i += Lanes.PANEL) {
        FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, offset + i);
        FloatVector e = VectorTranscendentals.exp(v.sub(max).mul(scale));
        e.intoArray(x, offset + i);
        sum = sum.add(e);
      }
      if (i < end) {
        FloatVector e = FloatVector.zero(Lanes.FLOATS);
        if (i < count) {
          FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, offset + i);
          e = VectorTranscendentals.exp(v.sub(max).mul(scale)).blend(0f, behind);
        }
        e.intoArray(x, offset + i);
        sum = sum.add(e);
      }
      sum.intoArray(parts, lane);
    }
    multiply(x, offset, end, 1f / addHalves(parts));
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
      int i = 0;
      for (; i <= some - Lanes.WIDTH; i += Lanes.WIDTH) {
        FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, offset + from + i);
        VectorTranscendentals.exp(v.sub(max)).intoArray(e, i);
      }
      for (; i < some; i++) {
        e[i] = Transcendentals.exp(x[offset + from + i] - max);
      }
      for (i = 0; i < some; i++) {
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
