package dev.moonflow.kernels.math;

import jdk.incubator.vector.FloatVector;

/** The activation functions, in place on a range of values. */
public final class Activations {
  /** Values per task of the parallel loops below. */
  private static final int CHUNK = 1 << 15;

  /** 2 sqrt(2 / pi), for 0.5 (1 + tanh u) = sigmoid(2 u). */
  private static final float GELU_TANH_SCALE = 1.5957691216057308f;

  private static final float GELU_TANH_CUBE = 0.044715f;
  private static final float SQRT_HALF = 0.7071067811865476f;

  private Activations() {}

  /** x = 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))): the GELU of the vision blocks. */
  public static void geluTanh(float[] x, int offset, int count) {
    chunks(count, (from, to) -> geluTanhRange(x, offset + from, offset + to));
  }

  /** x = 0.5 x (1 + erf(x / sqrt 2)): the exact GELU of the projector. */
  public static void geluErf(float[] x, int offset, int count) {
    chunks(count, (from, to) -> geluErfRange(x, offset + from, offset + to));
  }

  /** x = x sigmoid(x). */
  public static void silu(float[] x, int offset, int count) {
    chunks(count, (from, to) -> siluRange(x, offset + from, offset + to));
  }

  /** x = 1 / (1 + e^-x): the scores of a MoE gate. */
  public static void sigmoid(float[] x, int offset, int count) {
    chunks(count, (from, to) -> sigmoidRange(x, offset + from, offset + to));
  }

  /**
   * The gate of SwiGLU: gate = silu(gate) * up.
   *
   * @param gate values from {@code gateOffset}, overwritten
   * @param up as many from {@code upOffset}
   */
  public static void swiglu(float[] gate, int gateOffset, float[] up, int upOffset, int count) {
    chunks(
        count, (from, to) -> swigluRange(gate, gateOffset + from, up, upOffset + from, to - from));
  }

  /** One value of {@link #geluTanh}. */
  public static float geluTanh(float x) {
    float u = GELU_TANH_SCALE * x * Math.fma(GELU_TANH_CUBE * x, x, 1f);
    return x * Transcendentals.sigmoid(u);
  }

  /** One value of {@link #geluErf}. */
  public static float geluErf(float x) {
    return 0.5f * x * (1f + Transcendentals.erf(x * SQRT_HALF));
  }

  /** One value of {@link #silu}. */
  public static float silu(float x) {
    return x * Transcendentals.sigmoid(x);
  }

  private static void geluTanhRange(float[] x, int from, int to) {
    int i = from;
    for (; i <= to - Lanes.WIDTH; i += Lanes.WIDTH) {
      FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, i);
      FloatVector cubed = v.mul(GELU_TANH_CUBE).fma(v, FloatVector.broadcast(Lanes.FLOATS, 1f));
      FloatVector u = v.mul(GELU_TANH_SCALE).mul(cubed);
      v.mul(VectorTranscendentals.sigmoid(u)).intoArray(x, i);
    }
    for (; i < to; i++) {
      x[i] = geluTanh(x[i]);
    }
  }

  private static void geluErfRange(float[] x, int from, int to) {
    int i = from;
    for (; i <= to - Lanes.WIDTH; i += Lanes.WIDTH) {
      FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, i);
      FloatVector e = VectorTranscendentals.erf(v.mul(SQRT_HALF));
      v.mul(0.5f).mul(e.add(1f)).intoArray(x, i);
    }
    for (; i < to; i++) {
      x[i] = geluErf(x[i]);
    }
  }

  private static void siluRange(float[] x, int from, int to) {
    int i = from;
    for (; i <= to - Lanes.WIDTH; i += Lanes.WIDTH) {
      FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, i);
      v.mul(VectorTranscendentals.sigmoid(v)).intoArray(x, i);
    }
    for (; i < to; i++) {
      x[i] = silu(x[i]);
    }
  }

  private static void sigmoidRange(float[] x, int from, int to) {
    int i = from;
    for (; i <= to - Lanes.WIDTH; i += Lanes.WIDTH) {
      VectorTranscendentals.sigmoid(FloatVector.fromArray(Lanes.FLOATS, x, i)).intoArray(x, i);
    }
    for (; i < to; i++) {
      x[i] = Transcendentals.sigmoid(x[i]);
    }
  }

  private static void swigluRange(float[] gate, int g, float[] up, int u, int count) {
    int i = 0;
    for (; i <= count - Lanes.WIDTH; i += Lanes.WIDTH) {
      FloatVector v = FloatVector.fromArray(Lanes.FLOATS, gate, g + i);
      FloatVector w = FloatVector.fromArray(Lanes.FLOATS, up, u + i);
      v.mul(VectorTranscendentals.sigmoid(v)).mul(w).intoArray(gate, g + i);
    }
    for (; i < count; i++) {
      gate[g + i] = silu(gate[g + i]) * up[u + i];
    }
  }

  private interface Range {
    void run(int from, int to);
  }

  private static void chunks(int count, Range range) {
    int tasks = (count + CHUNK - 1) / CHUNK;
    WorkerPool.shared()
        .forEach(tasks, t -> range.run(t * CHUNK, (int) Math.min(count, (t + 1L) * CHUNK)));
  }
}
