package dev.moonflow.training.data.text;

import java.util.Map;
import java.util.Set;

/** Plurals and articles. */
public final class Nouns {
  private static final Map<String, String> IRREGULAR =
      Map.ofEntries(
          Map.entry("man", "men"),
          Map.entry("woman", "women"),
          Map.entry("child", "children"),
          Map.entry("foot", "feet"),
          Map.entry("tooth", "teeth"),
          Map.entry("goose", "geese"),
          Map.entry("mouse", "mice"),
          Map.entry("ox", "oxen"),
          Map.entry("person", "people"),
          Map.entry("deer", "deer"),
          Map.entry("salmon", "salmon"),
          Map.entry("crisis", "crises"),
          Map.entry("oasis", "oases"),
          Map.entry("basis", "bases"),
          Map.entry("thesis", "theses"),
          Map.entry("axis", "axes"));
  private static final Set<String> F_TO_VES =
      Set.of(
          "calf", "half", "knife", "leaf", "life", "loaf", "scarf", "shelf", "thief", "wife",
          "wolf", "hoof", "elf");
  private static final Set<String> O_TO_OES =
      Set.of("tomato", "potato", "hero", "echo", "mango", "buffalo", "volcano", "tornado");

  private Nouns() {}

  /** {@code boxes} of {@code box}; of several words the last one changes. */
  public static String plural(String noun) {
    int space = noun.lastIndexOf(' ');
    String head = noun.substring(0, space + 1);
    String word = noun.substring(space + 1);
    if (IRREGULAR.containsKey(word)) {
      return head + IRREGULAR.get(word);
    }
    if (word.length() > 4 && word.endsWith("man") && !word.equals("human")) {
      return head + word.substring(0, word.length() - 2) + "en";
    }
    if (F_TO_VES.contains(word)) {
      return head + word.substring(0, word.length() - (word.endsWith("fe") ? 2 : 1)) + "ves";
    }
    if (word.endsWith("o")) {
      return head + word + (O_TO_OES.contains(word) ? "es" : "s");
    }
    return head + withS(word);
  }

  /** With -s, -es or -ies. */
  static String withS(String word) {
    if (word.matches(".*(s|x|z|ch|sh|o)")) {
      return word + (word.endsWith("stomach") || word.endsWith("monarch") ? "s" : "es");
    }
    if (word.endsWith("y") && word.length() > 1 && !isVowel(word.charAt(word.length() - 2))) {
      return word.substring(0, word.length() - 1) + "ies";
    }
    return word + "s";
  }

  /** {@code an hour}, {@code a unit}: by sound. */
  public static String withArticle(String words) {
    String lower = words.toLowerCase(java.util.Locale.ROOT);
    boolean vowel = isVowel(lower.charAt(0));
    if (lower.matches("(uni|use|usu|uti|eu|one|once).*") && !lower.matches("(unin|unim|unid).*")) {
      vowel = false;
    }
    if (lower.matches("(hour|honest|honour|heir).*")) {
      vowel = true;
    }
    return (vowel ? "an " : "a ") + words;
  }

  static boolean isVowel(char c) {
    return "aeiou".indexOf(c) >= 0;
  }
}
