package dev.moonflow.model.language;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a batch's attention for one thread: consecutive tokens of one sequence with all heads,
 * or one token with some heads. How a batch is split changes no bits.
 *
 * @param token first token, a row of the batch
 * @param tokens how many
 * @param head first head
 * @param heads how many; all when there are several tokens
 * @param seen tokens that the first token sees, itself included
 */
record AttentionTask(int token, int tokens, int head, int heads, int seen) {
  /** Rows of queries that share one pass over the cache: enough to hide reading it. */
  private static final int ROWS = 128;

  /** Heads of a lone token that share a pass: one tile of the product. */
  private static final int HEADS = 8;

  /** Scores that a task may hold, unless one token needs more. */
  private static final long SCORES_MAX = 1 << 20;

  /** Multiplications, roughly, where each pair of query and key takes {@code perPair}. */
  long work(int perPair) {
    return (long) tokens * heads * seen * perPair;
  }

  /**
   * The tasks of a batch.
   *
   * @param together whether tokens may share a task; if not, each token is one task with all heads
   */
  static List<AttentionTask> split(TokenBatch batch, int heads, boolean together) {
    List<AttentionTask> tasks = new ArrayList<>();
    int row = 0;
    for (Span span : batch.spans()) {
      int end = row + span.count();
      while (row < end) {
        int seen = batch.position(row) + 1;
        int tokens =
            together ? Math.min(end - row, tokensOf(heads, batch.position(end - 1) + 1)) : 1;
        if (together && span.count() == 1) {
          for (int h = 0; h < heads; h += HEADS) {
            tasks.add(new AttentionTask(row, 1, h, Math.min(HEADS, heads - h), seen));
          }
        } else {
          tasks.add(new AttentionTask(row, tokens, 0, heads, seen));
        }
        row += tokens;
      }
    }
    return tasks;
  }

  private static int tokensOf(int heads, int seen) {
    long byScores = SCORES_MAX / ((long) heads * seen);
    return (int) Math.max(1, Math.min(ROWS / heads, byScores));
  }
}
