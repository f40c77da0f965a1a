package dev.moonflow.model.engine;

import dev.moonflow.model.constraint.ByteAutomaton;
import dev.moonflow.model.constraint.TokenConstraint;

/**
 * Where a constrained answer stands: a function of its tokens so far. Immutable.
 *
 * @param tokens the constraint
 * @param state of its automaton; {@link ByteAutomaton#DEAD} behind a stop token
 */
record AnswerConstraint(TokenConstraint tokens, int state) {

  /**
   * The constraint behind tokens that were generated before.
   *
   * @param room tokens that the answer may have, the resumed ones included
   * @throws RequestRejectedException if they do not keep to it or if the answer cannot end in time
   */
  static AnswerConstraint resume(TokenConstraint tokens, int[] resumed, int room, StopTokens stops)
      throws RequestRejectedException {
    AnswerConstraint at = new AnswerConstraint(tokens, TokenConstraint.START);
    for (int i = 0; i < resumed.length; i++) {
      boolean stopped = stops.contains(resumed[i]) && tokens.accepts(at.state);
      at = at.after(resumed[i]);
      if (stopped && i == resumed.length - 1) {
        return at;
      }
      if (at.state == ByteAutomaton.DEAD) {
        throw new RequestRejectedException(
            "resumeTokens[%d] = %d does not keep to the constraint.".formatted(i, resumed[i]));
      }
    }
    int needed = tokens.tokensToEnd(at.state);
    if (needed > room - resumed.length) {
      throw new RequestRejectedException(
          "an answer that keeps to its constraint would be truncated: it needs %d more tokens and %d are left."
              .formatted(needed, room - resumed.length));
    }
    return at;
  }

  /** Behind one more token. */
  AnswerConstraint after(int token) {
    return new AnswerConstraint(tokens, tokens.next(state, token));
  }

  /** The tokens that may come next, {@code left} being those that still fit. */
  long[] mask(int left) {
    return tokens.mask(state, left);
  }

  /** Whether the answer is complete and nothing can follow. */
  boolean isFinal() {
    return state == ByteAutomaton.DEAD || tokens.isFinal(state);
  }
}
