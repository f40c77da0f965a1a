package dev.moonflow.kernels.math;

import static dev.moonflow.kernels.math.VectorTranscendentals.PIECE;

import jdk.incubator.vector.FloatVector;

/** The activation functions, in place on a range of values. */
public final class Activations {
  /** Values per task of the parallel loops below. */
  private static final int CHUNK = 1 << 15;

  /** 2 sqrt(2 / pi), for 0.5 (1 + tanh u) = sigmoid(2 u). */
  private static final float GELU_TANH_SCALE = 1.5957691216057308f;

  private static final float GELU_TANH_CUBE = 0.044715f;
  private static final float SQRT_HALF = 0.7071067811865476f;

  private static final Scratch ARGUMENTS = new Scratch();
  private static final Scratch VALUES = new Scratch();

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
    return x * Transcendentals.sigmoid(geluArgument(x));
  }

  /** 2 sqrt(2/pi) (x + 0.044715 x^3). */
  private static float geluArgument(float x) {
    return GELU_TANH_SCALE * x * Math.fma(GELU_TANH_CUBE * x, x, 1f);
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
    float[] u = ARGUMENTS.atLeast(PIECE);
    float[] s = VALUES.atLeast(PIECE);
    for (int piece = from; piece < to; piece += PIECE) {
      int count = Math.min(PIECE, to - piece);
      int i = 0;
      for (; i <= count - Lanes.WIDTH; i += Lanes.WIDTH) {
        FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, piece + i);
        FloatVector cubed = v.mul(GELU_TANH_CUBE).fma(v, FloatVector.broadcast(Lanes.FLOATS, 1f));
        v.mul(GELU_TANH_SCALE).mul(cubed).intoArray(u, i);
      }
      for (; i < count; i++) {
        u[i] = geluArgument(x[piece + i]);
      }
      VectorTranscendentals.sigmoid(u, 0, s, 0, count);
      multiply(x, piece, s, 0, count);
    }
  }

  private static void geluErfRange(float[] x, int from, int to) {
    float[] u = ARGUMENTS.atLeast(PIECE);
    float[] e = VALUES.atLeast(PIECE);
    for (int piece = from; piece < to; piece += PIECE) {
      int count = Math.min(PIECE, to - piece);
      for (int i = 0; i < count; i++) {
        u[i] = x[piece + i] * SQRT_HALF;
      }
      VectorTranscendentals.erf(u, 0, e, 0, count);
      for (int i = 0; i < count; i++) {
        x[piece + i] = 0.5f * x[piece + i] * (1f + e[i]);
      }
    }
  }

  private static void siluRange(float[] x, int from, int to) {
    float[] s = VALUES.atLeast(PIECE);
    for (int piece = from; piece < to; piece += PIECE) {
      int count = Math.min(PIECE, to - piece);
      VectorTranscendentals.sigmoid(x, piece, s, 0, count);
      multiply(x, piece, s, 0, count);
    }
  }

  private static void sigmoidRange(float[] x, int from, int to) {
    float[] s = VALUES.atLeast(PIECE);
    for (int piece = from; piece < to; piece += PIECE) {
      int count = Math.min(PIECE, to - piece);
      VectorTranscendentals.sigmoid(x, piece, s, 0, count);
      System.arraycopy(s, 0, x, piece, count);
    }
  }

  private static void swigluRange(float[] gate, int g, float[] up, int u, int count) {
    siluRange(gate, g, g + count);
    multiply(gate, g, up, u, count);
  }

  /** x = x y. */
  private static void multiply(float[] x, int xOffset, float[] y, int yOffset, int count) {
    for (int i = 0; i < count; i++) {
      x[xOffset + i] *= y[yOffset + i];
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
