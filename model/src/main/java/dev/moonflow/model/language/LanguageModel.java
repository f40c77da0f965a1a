package dev.moonflow.model.language;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.math.Matrix;
import dev.moonflow.kernels.math.Norms;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.TextConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The MoE language model: embeddings in, logits out (SPEC section 8). Immutable; shared by engines
 * and threads. Width H, vocabulary V, T new tokens in a pass.
 */
public final class LanguageModel {
  private final TextConfig config;
  private final RotaryAngles angles;
  private final Matrix embedding; // [V, H]
  private final List<DecoderLayer> layers;
  private final float[] finalNorm; // [H]
  private final Matrix head; // [V, H]; the embedding itself where they are tied

  private LanguageModel(Checkpoint checkpoint, Kernels kernels) {
    config = checkpoint.config().text();
    int vocab = config.vocabSize();
    int hidden = config.hiddenSize();
    angles = new RotaryAngles(config.qkRopeHeadDim(), config.ropeTheta());
    embedding = checkpoint.matrix("language_model.model.embed_tokens.weight", vocab, hidden);
    layers = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      layers.add(DecoderLayer.read(checkpoint, kernels, i));
    }
    finalNorm = checkpoint.floats("language_model.model.norm.weight", hidden);
    head =
        config.tiedEmbeddings()
            ? embedding
            : checkpoint.matrix("language_model.lm_head.weight", vocab, hidden);
  }

  /**
   * Reads the weights.
   *
   * @param kernels routes tokens to experts; stays open as long as the model is used
   * @throws dev.moonflow.model.checkpoint.CheckpointException if a tensor is missing or has another
   *     shape
   */
  public static LanguageModel read(Checkpoint checkpoint, Kernels kernels) {
    return new LanguageModel(checkpoint, kernels);
  }

  /** The model's shape. */
  public TextConfig config() {
    return config;
  }

  /** A cache of pages for this model; see {@link KvCache#KvCache}. */
  public KvCache newCache(int maxTokens) {
    return new KvCache(config, maxTokens);
  }

  /**
   * Rows of the embedding. A generated id is embedded as it is, also the id of the placeholder.
   *
   * @param ids from {@code from} to {@code from + count}, each below the vocabulary size
   * @param target [count, H] from {@code offset}, overwritten
   */
  public void embed(int[] ids, int from, int count, float[] target, int offset) {
    for (int i = 0; i < count; i++) {
      embedding.row(ids[from + i], target, offset + i * config.hiddenSize());
    }
  }

  /**
   * Computes new tokens of any number of sequences together; see the watched form.
   *
   * @return logits [rows, V]: for each span in order, for its last {@code logitRows} tokens
   */
  public float[] forward(List<Span> spans) {
    return forward(spans, Probe.NONE);
  }

  /**
   * Computes new tokens of any number of sequences together. A token's logits are the same bits
   * whatever the other spans are and however the sequence was cut into spans.
   *
   * @param spans at least one; each sequence at most once; all of one cache
   * @param probe is handed {@code embeds}, {@code layer.i} and {@code norm} [T, H], {@code
   *     gate.i.experts} and {@code gate.i.weights} [T, k] for MoE layers, and what {@link
   *     MlaAttention#forward} lists; {@code Probe.NONE} costs nothing
   * @throws IllegalStateException if the cache has too few free pages; nothing is changed then
   */
  public float[] forward(List<Span> spans, Probe probe) {
    TokenBatch batch = new TokenBatch(spans);
    float[] x = embeddings(batch);
    batch.reserve();
    int tokens = batch.tokens();
    int hidden = config.hiddenSize();
    float[] y = new float[x.length];
    float[] z = new float[x.length];
    probe.tensor("embeds", x, tokens, hidden);
    BatchAngles table = BatchAngles.of(batch, angles);
    boolean watched = probe != Probe.NONE;
    int whole = watched ? layers.size() : layers.size() - 1;
    for (int i = 0; i < whole; i++) {
      layers.get(i).forward(batch, table, x, y, z, probe);
      probe.tensor("layer." + i, x, tokens, hidden);
    }
    int[] rows = batch.logitRows();
    float[] last;
    if (watched) {
      Norms.rmsNorm(x, 0, tokens, hidden, finalNorm, config.rmsNormEps(), y, 0);
      probe.tensor("norm", y, tokens, hidden);
      last = DecoderLayer.pick(x, rows, hidden);
    } else {
      last = lastLayer(batch, table, x, y, rows);
    }
    float[] logits = logits(last, rows.length);
    batch.commit(); // last: a pass that fails leaves every sequence as it was
    return logits;
  }

  private float[] lastLayer(TokenBatch batch, BatchAngles table, float[] x, float[] y, int[] rows) {
    DecoderLayer.Last last = null;
    if (rows.length > 0) {
      TokenBatch few = batch.withLogits();
      last = new DecoderLayer.Last(few, BatchAngles.of(few, angles));
    }
    return layers.get(layers.size() - 1).forwardLast(batch, table, x, y, rows, last);
  }

  /** The spans' rows one after the other: the residual stream before layer 0. */
  private float[] embeddings(TokenBatch batch) {
    int hidden = config.hiddenSize();
    float[] x = new float[Math.multiplyExact(batch.tokens(), hidden)];
    int at = 0;
    for (Span span : batch.spans()) {
      int count = span.count() * hidden;
      if (count > span.embeddings().length - span.offset()) {
        throw new IllegalArgumentException(
            "a span of %d tokens needs %d embedding values from offset %d, and there are %d"
                .formatted(span.count(), count, span.offset(), span.embeddings().length));
      }
      System.arraycopy(span.embeddings(), span.offset(), x, at, count);
      at += count;
    }
    return x;
  }

  /** lm_head(RMS_final(x)) for rows [rows, H], which are normed in place. */
  private float[] logits(float[] x, int rows) {
    float[] logits = new float[Math.multiplyExact(rows, config.vocabSize())];
    Norms.rmsNorm(x, 0, rows, config.hiddenSize(), finalNorm, config.rmsNormEps(), x, 0);
    head.multiply(x, 0, rows, null, logits, 0);
    return logits;
  }
}
