package dev.moonflow.model.language;

import dev.moonflow.kernels.math.Matrices;
import dev.moonflow.kernels.math.Matrix;
import dev.moonflow.kernels.math.RowSource;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.checkpoint.WeightPlan;

/**
 * The weights of one layer's attention. n, d, v are the nope, rope and value widths of a head, r
 * the width of the latent.
 *
 * @param query W_q [heads (n + d), H]
 * @param compress W_kva [r + d, H]
 * @param latentNorm [r]
 * @param keyUp for each head [r, n]: the key half of W_kvb, transposed, folded into the query
 * @param valueUp for each head [v, r]: the value half of W_kvb
 * @param output W_o [H, heads v]
 */
record MlaWeights(
    Matrix query,
    Matrix compress,
    float[] latentNorm,
    Matrix[] keyUp,
    Matrix[] valueUp,
    Matrix output) {

  static MlaWeights read(Checkpoint checkpoint, int layer) {
    TextConfig c = checkpoint.config().text();
    String prefix = prefix(layer);
    int nope = c.qkNopeHeadDim();
    int v = c.vHeadDim();
    int rank = c.kvLoraRank();
    String kvb = prefix + "kv_b_proj.weight"; // rows: for each head n of keys, then v of values
    Matrix[] keyUp = new Matrix[c.heads()];
    Matrix[] valueUp = new Matrix[c.heads()];
    if (checkpoint.isConverted()) {
      for (int h = 0; h < c.heads(); h++) {
        keyUp[h] = checkpoint.matrix(WeightPlan.keys(kvb, h), rank, nope);
        valueUp[h] = checkpoint.matrix(WeightPlan.values(kvb, h), v, rank);
      }
    } else {
      split(checkpoint, kvb, keyUp, valueUp);
    }
    return new MlaWeights(
        checkpoint.matrix(prefix + "q_proj.weight", c.heads() * c.qkHeadDim(), c.hiddenSize()),
        checkpoint.matrix(
            prefix + "kv_a_proj_with_mqa.weight", rank + c.qkRopeHeadDim(), c.hiddenSize()),
        checkpoint.floats(prefix + "kv_a_layernorm.weight", rank),
        keyUp,
        valueUp,
        checkpoint.matrix(prefix + "o_proj.weight", c.hiddenSize(), c.heads() * v));
  }

  /** The rows of kv_b to the halves of its heads. */
  private static void split(Checkpoint checkpoint, String kvb, Matrix[] keyUp, Matrix[] valueUp) {
    TextConfig c = checkpoint.config().text();
    int nope = c.qkNopeHeadDim();
    int v = c.vHeadDim();
    int rank = c.kvLoraRank();
    float[] up = checkpoint.floats(kvb, c.heads() * (nope + v), rank);
    boolean bf16 = checkpoint.isBf16(kvb);
    for (int h = 0; h < c.heads(); h++) {
      int keys = h * (nope + v) * rank;
      int values = keys + nope * rank;
      keyUp[h] = matrix(bf16, (row, to) -> column(up, keys + row, rank, to), rank, nope);
      valueUp[h] =
          matrix(
              bf16, (row, to) -> System.arraycopy(up, values + row * rank, to, 0, rank), v, rank);
    }
  }

  static String prefix(int layer) {
    return "language_model.model.layers." + layer + ".self_attn.";
  }

  private static Matrix matrix(boolean bf16, RowSource rows, int out, int in) {
    return bf16 ? Matrices.ofBf16(rows, out, in) : Matrices.ofFloats(rows, out, in);
  }

  private static void column(float[] values, int from, int stride, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = values[from + i * stride];
    }
  }
}
