package dev.moonflow.model.language;

import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.TextConfig;

/**
 * Multi-head latent attention as it is written down (SPEC section 8.1): keys and values of every
 * head expanded through kv_b, sums in double, no cache. The plain twin of {@link MlaAttention}, for
 * tests and conformance.
 */
public final class MlaReference {
  private final TextConfig c;
  private final RotaryAngles angles;
  private final float[] query; // [heads (n + d), H]
  private final float[] compress; // [r + d, H]
  private final float[] latentNorm; // [r]
  private final float[] up; // [heads (n + v), r]
  private final float[] output; // [H, heads v]

  /**
   * What the reference computes for T tokens at positions 0 to T - 1.
   *
   * @param keysAndValues kv_b(latent') [T, heads, n + v]
   * @param headOut [T, heads, v]
   * @param output [T, H]
   */
  public record Result(float[] keysAndValues, float[] headOut, float[] output) {}

  /** Reads one layer's weights; throws as {@link Checkpoint#floats}. */
  public MlaReference(Checkpoint checkpoint, int layer) {
    c = checkpoint.config().text();
    angles = new RotaryAngles(c.qkRopeHeadDim(), c.ropeTheta());
    String prefix = MlaWeights.prefix(layer);
    int rank = c.kvLoraRank();
    query = checkpoint.floats(prefix + "q_proj.weight", c.heads() * c.qkHeadDim(), c.hiddenSize());
    compress =
        checkpoint.floats(
            prefix + "kv_a_proj_with_mqa.weight", rank + c.qkRopeHeadDim(), c.hiddenSize());
    latentNorm = checkpoint.floats(prefix + "kv_a_layernorm.weight", rank);
    up =
        checkpoint.floats(
            prefix + "kv_b_proj.weight", c.heads() * (c.qkNopeHeadDim() + c.vHeadDim()), rank);
    output = checkpoint.floats(prefix + "o_proj.weight", c.hiddenSize(), c.heads() * c.vHeadDim());
  }

  /** Attention over {@code tokens} rows of normed input y [T, H]. */
  public Result forward(float[] y, int tokens) {
    int nope = c.qkNopeHeadDim();
    int rope = c.qkRopeHeadDim();
    int rank = c.kvLoraRank();
    int kvWidth = nope + c.vHeadDim();
    double[][] q = new double[tokens][];
    double[][] kRope = new double[tokens][];
    double[][] kv = new double[tokens][];
    for (int t = 0; t < tokens; t++) {
      q[t] = linear(query, row(y, t, c.hiddenSize()));
      for (int h = 0; h < c.heads(); h++) {
        rotate(q[t], h * c.qkHeadDim() + nope, t);
      }
      double[] compressed = linear(compress, row(y, t, c.hiddenSize()));
      kv[t] = linear(up, normed(compressed, rank));
      kRope[t] = java.util.Arrays.copyOfRange(compressed, rank, rank + rope);
      rotate(kRope[t], 0, t);
    }
    float[] headOut = new float[tokens * c.heads() * c.vHeadDim()];
    float[] out = new float[tokens * c.hiddenSize()];
    for (int t = 0; t < tokens; t++) {
      double[] heads = new double[c.heads() * c.vHeadDim()];
      for (int h = 0; h < c.heads(); h++) {
        double[] p = probabilities(q[t], kv, kRope, t, h);
        for (int s = 0; s <= t; s++) {
          for (int i = 0; i < c.vHeadDim(); i++) {
            heads[h * c.vHeadDim() + i] += p[s] * kv[s][h * kvWidth + nope + i];
          }
        }
      }
      copy(heads, headOut, t);
      copy(linear(output, heads), out, t);
    }
    float[] keysAndValues = new float[tokens * c.heads() * kvWidth];
    for (int t = 0; t < tokens; t++) {
      copy(kv[t], keysAndValues, t);
    }
    return new Result(keysAndValues, headOut, out);
  }

  /** softmax over s up to t of (q_nope k_nope + q_rope k_rope) / sqrt(n + d). */
  private double[] probabilities(double[] q, double[][] kv, double[][] kRope, int t, int head) {
    int nope = c.qkNopeHeadDim();
    int at = head * c.qkHeadDim();
    int key = head * (nope + c.vHeadDim());
    double[] p = new double[t + 1];
    double max = Double.NEGATIVE_INFINITY;
    for (int s = 0; s <= t; s++) {
      for (int i = 0; i < nope; i++) {
        p[s] += q[at + i] * kv[s][key + i];
      }
      for (int i = 0; i < c.qkRopeHeadDim(); i++) {
        p[s] += q[at + nope + i] * kRope[s][i];
      }
      p[s] /= Math.sqrt(c.qkHeadDim());
      max = Math.max(max, p[s]);
    }
    double sum = 0;
    for (int s = 0; s <= t; s++) {
      p[s] = Math.exp(p[s] - max);
      sum += p[s];
    }
    for (int s = 0; s <= t; s++) {
      p[s] /= sum;
    }
    return p;
  }

  /** Turns adjacent pairs by the position's angles. */
  private void rotate(double[] x, int from, int position) {
    float[] cos = new float[angles.count()];
    float[] sin = new float[angles.count()];
    angles.fill(position, cos, sin, 0);
    for (int i = 0; i < cos.length; i++) {
      double re = x[from + 2 * i];
      double im = x[from + 2 * i + 1];
      x[from + 2 * i] = re * cos[i] - im * sin[i];
      x[from + 2 * i + 1] = re * sin[i] + im * cos[i];
    }
  }

  private double[] normed(double[] compressed, int rank) {
    double squares = 0;
    for (int i = 0; i < rank; i++) {
      squares += compressed[i] * compressed[i];
    }
    double inverse = 1 / Math.sqrt(squares / rank + TextConfig.KV_NORM_EPS);
    double[] latent = new double[rank];
    for (int i = 0; i < rank; i++) {
      latent[i] = compressed[i] * inverse * latentNorm[i];
    }
    return latent;
  }

  private static double[] linear(float[] w, double[] x) {
    double[] y = new double[w.length / x.length];
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += w[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] row(float[] values, int row, int width) {
    double[] x = new double[width];
    for (int i = 0; i < width; i++) {
      x[i] = values[row * width + i];
    }
    return x;
  }

  private static void copy(double[] from, float[] to, int row) {
    for (int i = 0; i < from.length; i++) {
      to[row * from.length + i] = (float) from[i];
    }
  }
}
