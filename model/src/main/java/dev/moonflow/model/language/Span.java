package dev.moonflow.model.language;

import java.util.Objects;

/**
 * Consecutive new tokens of one sequence: a chunk of a prompt, or one decode token. They follow the
 * tokens that the sequence already holds.
 *
 * @param sequence grows by {@code count} tokens
 * @param embeddings [count, H] from {@code offset}: rows of the embedding, or image features at
 *     placeholders of the prompt (SPEC section 7); only read
 * @param offset index of the first value
 * @param count new tokens, at least 1
 * @param logitRows how many of the last tokens need logits: 0 for a chunk inside a prompt, 1 to go
 *     on generating, at most {@code count}
 */
public record Span(KvSequence sequence, float[] embeddings, int offset, int count, int logitRows) {
  public Span {
    Objects.requireNonNull(sequence, "sequence");
    if (count < 1 || logitRows < 0 || logitRows > count) {
      throw new IllegalArgumentException(
          "a span of " + count + " tokens with logits for " + logitRows);
    }
    if (offset < 0 || offset >= embeddings.length) {
      throw new IllegalArgumentException(
          "span offset " + offset + " of " + embeddings.length + " embedding values");
    }
  }
}
