package dev.moonflow.model.language;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.TextConfig;
import java.util.List;

/** The MoE language model. Immutable; shared by engines and threads. */
public final class LanguageModel {
  private final TextConfig config;

  private LanguageModel(Checkpoint checkpoint) {
    this.config = checkpoint.config().text();
  }

  /**
   * Reads the weights.
   *
   * @param kernels routes tokens to experts; stays open as long as the model is used
   * @throws dev.moonflow.model.checkpoint.CheckpointException if a tensor is missing or has another
   *     shape
   */
  public static LanguageModel read(Checkpoint checkpoint, Kernels kernels) {
    return new LanguageModel(checkpoint);
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
    throw new UnsupportedOperationException("written next");
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
   * @throws IllegalStateException if the cache has too few free pages; nothing is changed then
   */
  public float[] forward(List<Span> spans, Probe probe) {
    throw new UnsupportedOperationException("written next");
  }
}
