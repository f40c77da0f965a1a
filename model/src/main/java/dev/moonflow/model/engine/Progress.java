package dev.moonflow.model.engine;

/**
 * Where a request stands, as of the end of a step. Immutable: another thread may read it while the
 * engine goes on.
 *
 * @param id the request's id
 * @param phase what happens next to it
 * @param tokens every generated id so far, resumed ones first, the stop token included
 * @param promptTokens tokens of the prompt, media tokens included; 0 while waiting
 * @param finishReason set when the phase is {@link Phase#FINISHED}, else null
 * @param error one sentence when the reason is {@link FinishReason#ERROR}, else null
 * @param logProbabilities natural logarithm of the probability that the model gave each token that
 *     this engine generated, at temperature 1 and without a constraint; resumed tokens, which come
 *     first among the tokens, have none here
 */
public record Progress(
    String id,
    Phase phase,
    int[] tokens,
    int promptTokens,
    FinishReason finishReason,
    String error,
    float[] logProbabilities) {

  /** Progress without probabilities. */
  public Progress(
      String id,
      Phase phase,
      int[] tokens,
      int promptTokens,
      FinishReason finishReason,
      String error) {
    this(id, phase, tokens, promptTokens, finishReason, error, new float[0]);
  }

  /** The phases of a request, in order. */
  public enum Phase {
    /** Not admitted yet. */
    WAITING,
    /** Its images wait for, or are in, a packed vision batch. */
    ENCODE,
    /** Its prompt (and resumed tokens) are entering the cache in chunks. */
    PREFILL,
    /** One token per step. */
    DECODE,
    /** Nothing more will come. */
    FINISHED
  }

  /** Whether nothing more will come. */
  public boolean finished() {
    return phase == Phase.FINISHED;
  }
}
