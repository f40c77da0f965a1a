package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.Progress;
import java.util.Arrays;

/**
 * How far a request had come when a checkpoint was taken.
 *
 * @param tokens every generated id
 * @param promptTokens tokens of the prompt; 0 when not known yet
 * @param reason why it ended, or null while it goes on
 * @param logProbabilities of each token; not a number where an older release did not keep it
 */
record StoredProgress(
    int[] tokens, int promptTokens, FinishReason reason, float[] logProbabilities) {
  static final StoredProgress NONE = new StoredProgress(new int[0], 0, null, new float[0]);

  /**
   * What the engine has published.
   *
   * @param before log-probabilities of the tokens that were resumed
   */
  static StoredProgress of(Progress progress, float[] before) {
    boolean written =
        progress.finishReason() == FinishReason.STOP
            || progress.finishReason() == FinishReason.LENGTH;
    return new StoredProgress(
        progress.tokens(),
        progress.promptTokens(),
        written ? progress.finishReason() : null,
        joined(before, progress.logProbabilities(), progress.tokens().length));
  }

  /** One number for each token, not a number where none is known. */
  static float[] joined(float[] before, float[] after, int tokens) {
    float[] all = new float[tokens];
    Arrays.fill(all, Float.NaN);
    System.arraycopy(before, 0, all, 0, Math.min(before.length, tokens));
    int from = Math.max(0, tokens - after.length);
    System.arraycopy(after, after.length - (tokens - from), all, from, tokens - from);
    return all;
  }

  static StoredProgress of(Outcome.Written written) {
    return new StoredProgress(
        written.tokens(), written.promptTokens(), written.reason(), written.logProbabilities());
  }
}
