package dev.moonflow.training.evaluation.metric;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a text comes to its point. */
final class FinalAnswer {
  private static final Pattern ANNOUNCED =
      Pattern.compile("(?i)\\b(?:final\\s+)?answer\\b\\s*(?:is\\b|:|=)+\\s*(?:[:=]\\s*)?");
  private static final String BOXED = "\\boxed{";

  private FinalAnswer() {}

  /**
   * What stands in the last {@code \boxed{}}, else what follows the last "answer is" or "Answer:",
   * else everything; without emphasis marks.
   */
  static String of(String answer) {
    int boxed = answer.lastIndexOf(BOXED);
    if (boxed >= 0) {
      int end = closing(answer, boxed + BOXED.length());
      return answer.substring(boxed + BOXED.length(), end).strip();
    }
    String rest = answer;
    Matcher announced = ANNOUNCED.matcher(answer);
    while (announced.find()) {
      String after = answer.substring(announced.end());
      if (!after.isBlank()) {
        rest = after;
      }
    }
    return rest.replace("**", "").strip();
  }

  /** Whether the text says which of its parts is the answer. */
  static boolean isAnnounced(String answer) {
    return answer.contains(BOXED) || ANNOUNCED.matcher(answer).find();
  }

  private static int closing(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return text.length();
  }
}
