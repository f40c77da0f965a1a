package dev.moonflow.training.sample.answer;

import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.chat.ThinkingSplitter;
import dev.moonflow.training.sample.Sample;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checkers by rule. An answer whose reasoning did not end is never right. */
public enum Checkers implements Checker {
  /** The same characters, white space at the ends aside. */
  EXACT {
    @Override
    boolean equal(String expected, String given) {
      return expected.strip().equals(given.strip());
    }
  },
  /** The last number of the answer is the expected one, whatever its form. */
  NUMERIC {
    @Override
    boolean equal(String expected, String given) {
      Optional<BigDecimal> wanted = lastNumber(expected);
      Optional<BigDecimal> found = lastNumber(given);
      return wanted.isPresent() && found.isPresent() && wanted.get().compareTo(found.get()) == 0;
    }
  },
  /** The letter of a choice: {@code B}, {@code (B)}, {@code B. Paris}, {@code Answer: B}. */
  CHOICE {
    @Override
    boolean equal(String expected, String given) {
      Matcher letter = LETTER.matcher(given.strip());
      return letter.find()
          && letter.group(letter.group(1) != null ? 1 : 2).equalsIgnoreCase(expected.strip());
    }
  },
  /** The same words: case, articles, punctuation and white space do not count. */
  NORMALISED {
    @Override
    boolean equal(String expected, String given) {
      return normalised(expected).equals(normalised(given));
    }
  };

  private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d,]*(\\.\\d+)?");
  private static final Pattern LETTER =
      Pattern.compile("(?i)^\\W*([A-H])(?![a-z])|answer\\W+(?:is\\W+)?([A-H])(?![a-z])");

  abstract boolean equal(String expected, String given);

  @Override
  public boolean accepts(String expected, String given) {
    Answer answer = ThinkingSplitter.split(given);
    return !answer.reasoningOpen() && equal(expected, answer.text());
  }

  /** The checker that an example asks for by its attribute {@code checker}, or one that fits. */
  public static Checkers of(Sample sample) {
    String named = sample.attributes().get("checker");
    if (named != null) {
      for (Checkers each : values()) {
        if (each.name().equalsIgnoreCase(named)) {
          return each;
        }
      }
    }
    String expected = sample.answer().orElse("");
    return NUMBER.matcher(expected).matches() ? NUMERIC : NORMALISED;
  }

  private static Optional<BigDecimal> lastNumber(String text) {
    Matcher matcher = NUMBER.matcher(text);
    String last = null;
    while (matcher.find()) {
      last = matcher.group();
    }
    return last == null ? Optional.empty() : Optional.of(new BigDecimal(last.replace(",", "")));
  }

  private static String normalised(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}.%+-]+", " ")
        .replaceAll("\\.(?!\\d)", " ")
        .replaceAll("\\b(a|an|the)\\b", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
