package dev.moonflow.training.data.text;

import java.util.Set;

/**
 * The forms of an English verb, with its particle if it has one ({@code look at}).
 *
 * @param base {@code carry}
 * @param third {@code carries}
 * @param past {@code carried}
 * @param participle {@code carried}
 * @param progressive {@code carrying}
 */
public record Verb(String base, String third, String past, String participle, String progressive) {
  /** Verbs of more than one syllable whose last one is stressed, so that its consonant doubles. */
  private static final Set<String> DOUBLING =
      Set.of(
          "admit",
          "commit",
          "compel",
          "control",
          "equip",
          "occur",
          "omit",
          "permit",
          "prefer",
          "refer",
          "regret",
          "submit",
          "transfer",
          "unwrap");

  /** A verb that follows the rules. */
  static Verb regular(String base) {
    int space = base.indexOf(' ');
    String word = space < 0 ? base : base.substring(0, space);
    String rest = space < 0 ? "" : base.substring(space);
    String past = past(word);
    return new Verb(base, third(word) + rest, past + rest, past + rest, ing(word) + rest);
  }

  /** A verb whose past is its own. */
  static Verb irregular(String base, String past, String participle) {
    int space = base.indexOf(' ');
    String word = space < 0 ? base : base.substring(0, space);
    String rest = space < 0 ? "" : base.substring(space);
    String third = word.equals("have") ? "has" : third(word);
    return new Verb(base, third + rest, past, participle, ing(word) + rest);
  }

  private static String third(String word) {
    return Nouns.withS(word);
  }

  private static String past(String word) {
    if (word.endsWith("e")) {
      return word + "d";
    }
    if (word.endsWith("y") && !Nouns.isVowel(word.charAt(word.length() - 2))) {
      return word.substring(0, word.length() - 1) + "ied";
    }
    return doubled(word) + "ed";
  }

  private static String ing(String word) {
    if (word.endsWith("ie")) {
      return word.substring(0, word.length() - 2) + "ying";
    }
    if (word.endsWith("e") && !word.endsWith("ee") && !word.endsWith("ye")) {
      return word.substring(0, word.length() - 1) + "ing";
    }
    return doubled(word) + "ing";
  }

  private static String doubled(String word) {
    int n = word.length();
    if (n < 3) {
      return word;
    }
    char last = word.charAt(n - 1);
    boolean closed =
        !Nouns.isVowel(last)
            && "wxy".indexOf(last) < 0
            && Nouns.isVowel(word.charAt(n - 2))
            && !Nouns.isVowel(word.charAt(n - 3));
    int vowels = 0;
    for (int i = 0; i < n; i++) {
      vowels += Nouns.isVowel(word.charAt(i)) ? 1 : 0;
    }
    boolean doubles = closed && (vowels == 1 || DOUBLING.contains(word));
    // A label is labelled in British spelling, which the lexicon follows.
    doubles |= closed && vowels > 1 && last == 'l';
    return doubles ? word + last : word;
  }
}
