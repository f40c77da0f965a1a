package dev.moonflow.training.stage.rl;

import java.util.Arrays;

/**
 * One answer of the policy with what it is worth.
 *
 * @param sample id of its prompt's sample
 * @param prompt ids
 * @param tokens ids of the answer, the stop token included
 * @param text what the answer says
 * @param ended whether it stopped by itself
 * @param correct whether the checker accepts it
 * @param reward with the length reward, where that is on
 * @param advantage reward above the mean of the answers to the same prompt
 * @param reference log pi_i(answer | prompt) of the policy that drew it, by the trained model
 * @param mismatch how far the engine's log-probability per token is from that; NaN if not asked
 */
record Rollout(
    String sample,
    int[] prompt,
    int[] tokens,
    String text,
    boolean ended,
    boolean correct,
    double reward,
    double advantage,
    double reference,
    double mismatch) {

  /** Prompt and answer. */
  int length() {
    return prompt.length + tokens.length;
  }

  /** The same with its log-probability. */
  Rollout withReference(double value, double difference) {
    return new Rollout(
        sample, prompt, tokens, text, ended, correct, reward, advantage, value, difference);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rollout that
        && sample.equals(that.sample)
        && Arrays.equals(prompt, that.prompt)
        && Arrays.equals(tokens, that.tokens)
        && text.equals(that.text)
        && ended == that.ended
        && correct == that.correct
        && Double.compare(reward, that.reward) == 0
        && Double.compare(advantage, that.advantage) == 0
        && Double.compare(reference, that.reference) == 0
        && Double.compare(mismatch, that.mismatch) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return "Rollout[%s: %s, reward %s]".formatted(sample, text, reward);
  }
}
