package dev.moonflow.training.rollout;

import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.answer.Checkers;
import java.util.Arrays;

/**
 * One answer of the policy.
 *
 * @param prompt ids that it was given
 * @param tokens ids that it drew, the stop token included
 * @param text what they say, without control tokens
 * @param ended whether it stopped by itself; false if it met the limit
 */
public record DrawnAnswer(int[] prompt, int[] tokens, String text, boolean ended) {
  /** Whether it ended by itself, closed its reasoning and is what the sample's checker accepts. */
  public boolean isRight(Sample sample) {
    return ended && Checkers.of(sample).accepts(sample.answer().orElseThrow(), text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DrawnAnswer that
        && Arrays.equals(prompt, that.prompt)
        && Arrays.equals(tokens, that.tokens)
        && text.equals(that.text)
        && ended == that.ended;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return "DrawnAnswer[" + tokens.length + " tokens, ended " + ended + ": " + text + "]";
  }
}
