package dev.moonflow.training.evaluation.metric;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which option a free text chooses. Tried in order: a letter alone; the letter that an announced
 * answer begins with; the letter that the text begins with; an option's own words; the last letter
 * in brackets; the last letter that stands alone. A letter past the last option is none.
 */
final class OptionExtraction {
  /** A letter at the beginning, perhaps in brackets, that does not begin a word. */
  private static final Pattern LEADING =
      Pattern.compile(
          "^[\\s*_\"'`]*(?:(?i:option|choice)\\s+)?[(\\[{<]?\\\\?(?:text\\{)?([A-Z])(?![\\p{L}\\p{N}'’])");

  private static final Pattern ALONE =
      Pattern.compile("^[^\\p{L}\\p{N}]*([A-Za-z])[^\\p{L}\\p{N}]*$");
  private static final Pattern BRACKETED = Pattern.compile("[(\\[]([A-Z])[)\\]]");
  private static final Pattern STANDING =
      Pattern.compile("(?<![\\p{L}\\p{N}'’.-])([A-Z])(?![\\p{L}\\p{N}'’-])");

  /** "A dog" and "I think" are words, not letters of options. */
  private static final Pattern WORD_AFTER = Pattern.compile("^ \\p{Ll}");

  private OptionExtraction() {}

  /** The option's index; empty when none can be told. */
  static OptionalInt find(String answer, List<String> options) {
    String whole = answer.replace("**", "").strip();
    String point = FinalAnswer.of(answer);
    OptionalInt found = letter(ALONE, point, options.size(), true);
    if (found.isEmpty()) {
      found = letter(LEADING, point, options.size(), false);
    }
    if (found.isEmpty()) {
      found = words(point, options);
    }
    if (found.isEmpty() && FinalAnswer.isAnnounced(answer)) {
      found = words(whole, options);
    }
    if (found.isEmpty()) {
      found = letter(BRACKETED, whole, options.size(), false);
    }
    return found.isPresent() ? found : letter(STANDING, whole, options.size(), false);
  }

  private static OptionalInt letter(Pattern pattern, String text, int options, boolean anyCase) {
    OptionalInt last = OptionalInt.empty();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      String name = matcher.group(1);
      int index = (anyCase ? Character.toUpperCase(name.charAt(0)) : name.charAt(0)) - 'A';
      String rest = text.substring(matcher.end());
      boolean word = (name.equals("A") || name.equals("I")) && WORD_AFTER.matcher(rest).find();
      if (index < options && !word) {
        last = OptionalInt.of(index);
      }
    }
    return last;
  }

  /** The option whose words are the text, else the one that is named last in it, longest first. */
  private static OptionalInt words(String text, List<String> options) {
    String normal = PlainText.normal(text);
    int best = -1;
    int bestEnd = -1;
    int bestLength = 0;
    for (int i = 0; i < options.size(); i++) {
      String option = PlainText.normal(options.get(i));
      if (!option.isEmpty() && option.equals(normal)) {
        return OptionalInt.of(i);
      }
      int at = PlainText.lastWord(normal, option);
      if (at < 0) {
        continue;
      }
      int end = at + option.length();
      if (end > bestEnd || end == bestEnd && option.length() > bestLength) {
        best = i;
        bestEnd = end;
        bestLength = option.length();
      }
    }
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }
}
