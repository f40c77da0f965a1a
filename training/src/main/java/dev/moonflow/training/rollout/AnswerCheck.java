package dev.moonflow.training.rollout;

import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.chat.ThinkingSplitter;
import dev.moonflow.training.sample.Sample;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Whether what the policy says is right. A function of sample and text alone. */
public interface AnswerCheck {

  /** Whether the visible answer to a sample is right; the sample has an {@code answer}. */
  boolean accepts(Sample sample, String answer);

  /**
   * Whether a drawn answer is right: it ended by itself, closed its reasoning if it had any, and
   * says what the check accepts.
   */
  default boolean accepts(Sample sample, DrawnAnswer drawn) {
    Answer answer = ThinkingSplitter.split(drawn.text());
    return drawn.ended() && !answer.reasoningOpen() && accepts(sample, answer.text());
  }

  /**
   * Accepts the sample's answer, whatever the case, the spaces and a full stop at the end; numbers
   * by their value, with or without commas between thousands.
   */
  static AnswerCheck exact() {
    return (sample, answer) -> {
      String expected = normal(sample.answer().orElseThrow());
      String found = normal(answer);
      Optional<BigDecimal> number = number(expected);
      return number.isPresent()
          ? number(found).filter(value -> value.compareTo(number.get()) == 0).isPresent()
          : found.equals(expected);
    };
  }

  private static String normal(String text) {
    String plain = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }

  private static Optional<BigDecimal> number(String text) {
    String digits = text.replaceAll("(?<=\\d),(?=\\d{3}(\\D|$))", "");
    return digits.matches("[-+]?\\d{1,40}(\\.\\d{1,40})?")
        ? Optional.of(new BigDecimal(digits))
        : Optional.empty();
  }
}
