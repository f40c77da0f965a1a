package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.Progress.Phase;
import java.util.Arrays;

/**
 * How far a request had come when a checkpoint was taken.
 *
 * @param tokens every generated id
 * @param promptTokens tokens of the prompt; 0 when not known yet
 * @param reason why it ended, or null while it goes on
 * @param logProbabilities of each token; not a number where an older release did not keep it
 * @param phase what was to happen next
 * @param sampler where its sampler stood
 */
record StoredProgress(
    int[] tokens,
    int promptTokens,
    FinishReason reason,
    float[] logProbabilities,
    Phase phase,
    SamplerState sampler) {
  static final StoredProgress NONE =
      new StoredProgress(new int[0], 0, null, new float[0], Phase.WAITING, SamplerState.UNKNOWN);

  /** What the engine has published of a request. */
  static StoredProgress of(Progress progress, InFlight entry) {
    boolean written =
        progress.finishReason() == FinishReason.STOP
            || progress.finishReason() == FinishReason.LENGTH;
    int count = progress.tokens().length;
    return new StoredProgress(
        progress.tokens(),
        progress.promptTokens(),
        written ? progress.finishReason() : null,
        joined(entry.resumeLogProbabilities(), progress.logProbabilities(), count),
        progress.phase(),
        SamplerState.of(entry.request().sampling(), count));
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

  /** What a request that has ended wrote. */
  static StoredProgress of(Outcome.Written written, InFlight entry) {
    return new StoredProgress(
        written.tokens(),
        written.promptTokens(),
        written.reason(),
        written.logProbabilities(),
        Phase.FINISHED,
        SamplerState.of(entry.request().sampling(), written.tokens().length));
  }
}
