package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.Progress;

/**
 * How far a request had come when a checkpoint was taken.
 *
 * @param tokens every generated id
 * @param promptTokens tokens of the prompt; 0 when not known yet
 * @param reason why it ended, or null while it goes on
 */
record StoredProgress(int[] tokens, int promptTokens, FinishReason reason) {
  static final StoredProgress NONE = new StoredProgress(new int[0], 0, null);

  static StoredProgress of(Progress progress) {
    boolean written =
        progress.finishReason() == FinishReason.STOP
            || progress.finishReason() == FinishReason.LENGTH;
    return new StoredProgress(
        progress.tokens(), progress.promptTokens(), written ? progress.finishReason() : null);
  }

  static StoredProgress of(Outcome.Written written) {
    return new StoredProgress(written.tokens(), written.promptTokens(), written.reason());
  }
}
