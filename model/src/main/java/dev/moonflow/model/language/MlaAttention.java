package dev.moonflow.model.language;

import dev.moonflow.kernels.math.LatentAttention;
import dev.moonflow.kernels.math.LatentLayout;
import dev.moonflow.kernels.math.Norms;
import dev.moonflow.kernels.math.Rotary;
import dev.moonflow.kernels.math.WorkerPool;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.TextConfig;
import java.util.List;

/**
 * Multi-head latent attention of one layer in the absorbed form (SPEC section 8.1): the key half of
 * kv_b is applied to the query and the value half to the output, so that attention runs on the
 * compressed cache itself. {@link MlaReference} is the expanded twin.
 *
 * <p>Prompt and generated tokens take the same path, each over its own past, so they get the same
 * bits. Immutable; any thread may use it.
 */
public final class MlaAttention {
  private final TextConfig config;
  private final int layer;
  private final MlaWeights weights;
  private final float scale;

  private MlaAttention(TextConfig config, int layer, MlaWeights weights) {
    this.config = config;
    this.layer = layer;
    this.weights = weights;
    this.scale = (float) (1 / Math.sqrt(config.qkHeadDim()));
  }

  /** Reads one layer's weights; throws as {@link Checkpoint#floats}. */
  public static MlaAttention read(Checkpoint checkpoint, int layer) {
    return new MlaAttention(checkpoint.config().text(), layer, MlaWeights.read(checkpoint, layer));
  }

  /**
   * z = Attention(y) for new tokens; writes their keys and values to the cache.
   *
   * @param batch T tokens whose pages are reserved
   * @param angles cosines and sines of the tokens' positions
   * @param y [T, H] normed input
   * @param z [T, H] overwritten
   * @param probe is handed {@code q}, {@code q_rope_rotated}, {@code kv_a}, {@code latent_normed},
   *     {@code k_rope_rotated}, {@code attn_probs.t} [heads, position + 1] for each token t, {@code
   *     head_out}, {@code attn_output}, each under {@code attention.LAYER.}
   */
  public void forward(TokenBatch batch, BatchAngles angles, float[] y, float[] z, Probe probe) {
    AttentionTaps taps = new AttentionTaps(probe, layer);
    float[] q = queries(angles, batch.tokens(), y, taps); // [T, heads, n + d]
    writeCache(batch, angles, y, taps);
    attend(batch, q, z, taps);
  }

  /** The first half of {@link #forward}: keys and values of the tokens, to the cache. */
  void writeCache(TokenBatch batch, BatchAngles angles, float[] y) {
    writeCache(batch, angles, y, new AttentionTaps(Probe.NONE, layer));
  }

  /** The second half of {@link #forward}, for tokens whose keys and values are in the cache. */
  void readCache(TokenBatch batch, BatchAngles angles, float[] y, float[] z) {
    AttentionTaps taps = new AttentionTaps(Probe.NONE, layer);
    attend(batch, queries(angles, batch.tokens(), y, taps), z, taps);
  }

  private void attend(TokenBatch batch, float[] q, float[] z, AttentionTaps taps) {
    int tokens = batch.tokens();
    float[] absorbed = absorb(q, tokens); // [T, heads, r + d]
    float[] latents = latents(batch, absorbed, taps); // [T, heads, r]
    float[] heads = new float[tokens * config.heads() * config.vHeadDim()]; // [T, heads, v]
    int rank = config.kvLoraRank();
    int v = config.vHeadDim();
    eachHead(
        tokens,
        rank,
        v,
        h ->
            weights.valueUp()[h].multiply(
                latents,
                h * rank,
                config.heads() * rank,
                tokens,
                null,
                heads,
                h * v,
                config.heads() * v));
    taps.tensor("head_out", heads, tokens, config.heads(), v);
    weights.output().multiply(heads, 0, tokens, null, z, 0);
    taps.tensor("attn_output", z, tokens, config.hiddenSize());
  }

  /** q_nope | q_rope of each head, the rope part rotated. */
  private float[] queries(BatchAngles angles, int tokens, float[] y, AttentionTaps taps) {
    int qk = config.qkHeadDim();
    int nope = config.qkNopeHeadDim();
    int rope = config.qkRopeHeadDim();
    float[] q = new float[Math.multiplyExact(tokens, config.heads() * qk)];
    weights.query().multiply(y, 0, tokens, null, q, 0);
    taps.tensor("q", q, tokens, config.heads(), qk);
    Rotary.apply(
        q,
        nope,
        config.heads() * qk,
        tokens,
        config.heads(),
        qk,
        rope,
        angles.cos(),
        angles.sin(),
        0);
    taps.columns("q_rope_rotated", q, qk, nope, rope, tokens, config.heads(), rope);
    return q;
  }

  /** latent' and the rotated k_rope of each token, to its slot in the cache. */
  private void writeCache(TokenBatch batch, BatchAngles angles, float[] y, AttentionTaps taps) {
    int tokens = batch.tokens();
    int rank = config.kvLoraRank();
    int rope = config.qkRopeHeadDim();
    int width = rank + rope;
    float[] kv = new float[tokens * width];
    weights.compress().multiply(y, 0, tokens, null, kv, 0);
    taps.tensor("kv_a", kv, tokens, width);
    Norms.rmsNorm(
        kv, 0, width, tokens, rank, weights.latentNorm(), TextConfig.KV_NORM_EPS, kv, 0, width);
    Rotary.apply(kv, rank, width, tokens, 1, rope, rope, angles.cos(), angles.sin(), 0);
    taps.columns("latent_normed", kv, width, 0, rank, tokens, rank);
    taps.columns("k_rope_rotated", kv, width, rank, rope, tokens, rope);
    LatentLayout layout = batch.cache().layout();
    for (int t = 0; t < tokens; t++) {
      int position = batch.position(t);
      float[] page = batch.pages(t)[position / LatentLayout.TOKENS];
      layout.write(page, layer, position % LatentLayout.TOKENS, kv, t * width);
    }
  }

  /** Each head's query in the space of the cache: W_k^T q_nope | q_rope. */
  private float[] absorb(float[] q, int tokens) {
    int heads = config.heads();
    int qk = config.qkHeadDim();
    int nope = config.qkNopeHeadDim();
    int rank = config.kvLoraRank();
    int rope = config.qkRopeHeadDim();
    int width = rank + rope;
    float[] absorbed = new float[Math.multiplyExact(tokens, heads * width)];
    eachHead(
        tokens,
        nope,
        rank,
        h -> {
          weights.keyUp()[h].multiply(
              q, h * qk, heads * qk, tokens, null, absorbed, h * width, heads * width);
          for (int t = 0; t < tokens; t++) {
            int row = t * heads + h;
            System.arraycopy(q, row * qk + nope, absorbed, row * width + rank, rope);
          }
        });
    return absorbed;
  }

  /** Each head's weighted mean of the latents that its token sees [T, heads, r]. */
  private float[] latents(TokenBatch batch, float[] absorbed, AttentionTaps taps) {
    int heads = config.heads();
    int rank = config.kvLoraRank();
    int width = rank + config.qkRopeHeadDim();
    LatentLayout layout = batch.cache().layout();
    float[] latents = new float[batch.tokens() * heads * rank];
    List<AttentionTask> tasks = AttentionTask.split(batch, heads, !taps.on());
    long work = tasks.stream().mapToLong(task -> task.work(width + rank)).sum();
    WorkerPool.shared()
        .forEach(
            tasks.size(),
            work,
            i -> {
              AttentionTask task = tasks.get(i);
              int row = task.token() * heads + task.head();
              float[] p =
                  LatentAttention.attend(
                      layout,
                      layer,
                      batch.pages(task.token()),
                      task.seen(),
                      task.tokens(),
                      absorbed,
                      row * width,
                      task.heads(),
                      scale,
                      latents,
                      row * rank);
              taps.rows(
                  "attn_probs." + task.token(),
                  p,
                  LatentAttention.stride(task.seen()),
                  heads,
                  task.seen());
            });
    return latents;
  }

  private interface Head {
    void run(int head);
  }

  private void eachHead(int tokens, int in, int out, Head body) {
    WorkerPool.shared()
        .forEach(config.heads(), (long) config.heads() * tokens * in * out, body::run);
  }
}
