package dev.moonflow.model.language;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.math.Norms;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.TextConfig;

/**
 * One layer (SPEC section 8): x = x + MLA(RMS_in(x)); x = x + FFN(RMS_post(x)).
 *
 * @param inputNorm [H]
 * @param postNorm [H]
 * @param eps epsilon of both norms
 */
record DecoderLayer(
    float[] inputNorm,
    MlaAttention attention,
    float[] postNorm,
    FeedForward feedForward,
    float eps) {

  static DecoderLayer read(Checkpoint checkpoint, Kernels kernels, int layer) {
    TextConfig c = checkpoint.config().text();
    String prefix = "language_model.model.layers." + layer + ".";
    FeedForward feedForward =
        c.isDense(layer)
            ? SwiGlu.read(checkpoint, prefix + "mlp.", c.intermediateSize())
            : MixtureOfExperts.read(checkpoint, kernels, layer);
    return new DecoderLayer(
        checkpoint.floats(prefix + "input_layernorm.weight", c.hiddenSize()),
        MlaAttention.read(checkpoint, layer),
        checkpoint.floats(prefix + "post_attention_layernorm.weight", c.hiddenSize()),
        feedForward,
        c.rmsNormEps());
  }

  /**
   * Advances the residual stream in place.
   *
   * @param x [T, H]
   * @param y [T, H] room for normed values
   * @param z [T, H] room for results
   */
  void forward(TokenBatch batch, BatchAngles angles, float[] x, float[] y, float[] z, Probe probe) {
    int tokens = batch.tokens();
    int hidden = inputNorm.length;
    Norms.rmsNorm(x, 0, tokens, hidden, inputNorm, eps, y, 0);
    attention.forward(batch, angles, y, z, probe);
    add(x, z, tokens * hidden);

    Norms.rmsNorm(x, 0, tokens, hidden, postNorm, eps, y, 0);
    feedForward.forward(y, tokens, z, probe);
    add(x, z, tokens * hidden);
  }

  /**
   * As {@link #forward} for the last layer of a pass: what leaves it is wanted for tokens with
   * logits only, and the others leave nothing but their keys and values.
   *
   * @param x [T, H]; not changed
   * @param rows R rows of the batch that need logits
   * @param last these rows as a batch; null if there are none
   * @return [R, H]
   */
  float[] forwardLast(
      TokenBatch batch, BatchAngles table, float[] x, float[] y, int[] rows, Last last) {
    int hidden = inputNorm.length;
    Norms.rmsNorm(x, 0, batch.tokens(), hidden, inputNorm, eps, y, 0);
    attention.writeCache(batch, table, y);
    float[] kept = pick(x, rows, hidden);
    if (last == null) {
      return kept;
    }
    float[] normed = pick(y, rows, hidden);
    float[] z = new float[kept.length];
    attention.readCache(last.batch(), last.angles(), normed, z);
    add(kept, z, kept.length);

    Norms.rmsNorm(kept, 0, rows.length, hidden, postNorm, eps, normed, 0);
    feedForward.forward(normed, rows.length, z, Probe.NONE);
    add(kept, z, kept.length);
    return kept;
  }

  /** The tokens that need logits and their angles. */
  record Last(TokenBatch batch, BatchAngles angles) {}

  /** Some rows of an array, one after the other. */
  static float[] pick(float[] from, int[] rows, int width) {
    float[] to = new float[rows.length * width];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(from, rows[r] * width, to, r * width, width);
    }
    return to;
  }

  private static void add(float[] x, float[] z, int count) {
    for (int i = 0; i < count; i++) {
      x[i] += z[i];
    }
  }
}
