package dev.moonflow.model.constraint;

import java.util.SplittableRandom;

/** Draws regular expressions out of everything that is understood. */
public final class RandomRegex {
  private static final String[] ATOMS = {
    "a", "b", "c", ".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "[a-c]", "[^a-c]", "[^\\d]",
        "[xyz\\d]",
    "é", "[α-ω]", "€", "[ก-๙]", "😀", "[😀-😎]", "\\.", "\\x41", "\\u00e9", "-", "\"", "\\\\",
        "[\\]\\-a]", "\\n",
    "[a-]"
  };
  private static final String[] QUANTIFIERS = {
    "*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}", "*?", "{0}"
  };

  private RandomRegex() {}

  /** A pattern of a few groups at most. */
  public static String draw(SplittableRandom random, int depth) {
    StringBuilder pattern = new StringBuilder();
    int parts = 1 + random.nextInt(3);
    for (int i = 0; i < parts; i++) {
      if (depth > 0 && random.nextInt(3) == 0) {
        pattern.append(random.nextBoolean() ? "(" : "(?:").append(draw(random, depth - 1));
        if (random.nextBoolean()) {
          pattern.append('|').append(draw(random, depth - 1));
        }
        pattern.append(')');
      } else {
        pattern.append(ATOMS[random.nextInt(ATOMS.length)]);
      }
      if (random.nextInt(3) == 0) {
        pattern.append(QUANTIFIERS[random.nextInt(QUANTIFIERS.length)]);
      }
    }
    return pattern.toString();
  }
}
