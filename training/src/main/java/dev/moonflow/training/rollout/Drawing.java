package dev.moonflow.training.rollout;

import dev.moonflow.training.batch.KeyedHash;

/**
 * How answers are drawn.
 *
 * @param answers k, to each prompt
 * @param temperature above 0; 1 draws from the policy itself
 * @param maxNewTokens of an answer
 * @param seed of all draws; each answer has a stream of its own
 */
public record Drawing(int answers, double temperature, int maxNewTokens, long seed) {
  public Drawing {
    if (answers < 1 || maxNewTokens < 1 || !(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException(
          "a prompt needs at least 1 answer of at least 1 token at a temperature from 0 to 2: %d, %d, %s"
              .formatted(answers, maxNewTokens, temperature));
    }
  }

  /** The seed of one answer to one prompt. */
  long seed(String prompt, int answer) {
    return KeyedHash.bits(KeyedHash.derive(seed, prompt), answer);
  }
}
