package dev.moonflow.jobs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes text token by token: JSON, YAML, patterns. Bytes that are no UTF-8 stay as they are. */
final class TextMutator {
  private static final Pattern TOKEN =
      Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?|\"[^\"]{0,200}\"|\\w+|\\s+|.", Pattern.DOTALL);

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "2",
          "255",
          "65536",
          "2147483647",
          "2147483648",
          "-2147483648",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "1e9",
          "1e308",
          "1e999",
          "0.5",
          "-0.5",
          "1e-320",
          "99999999999999999999999999",
          "NaN",
          "1e2147483647");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "\"\"",
          "[]",
          "{}",
          "[[]]",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "'",
          "\"",
          "\\",
          "\u00e9",
          "\ud83d\ude00",
          "\ufeff",
          "\u0000",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "*");

  private static final List<String> OPENING = List.of("[", "{\"a\":", "(", "{", "[[", "(?:", "-");
  private static final int[] DEPTHS = {2, 10, 100, 1_500, 30_000};
  private static final int TOKENS_MAX = 200_000;

  /** Characters of a large text of which tokens are made. */
  private static final int WINDOW = 8_192;

  private TextMutator() {}

  /** The text with one change. */
  static byte[] change(byte[] bytes, SplittableRandom random, List<byte[]> words) {
    String text = latin(bytes);
    int from = text.length() <= WINDOW ? 0 : random.nextInt(text.length() - WINDOW);
    int end = Math.min(text.length(), from + WINDOW);
    List<String> tokens = tokens(text.substring(from, end));
    if (tokens.isEmpty()) {
      return utf8(VALUES.get(random.nextInt(VALUES.size())));
    }
    int at = random.nextInt(tokens.size());
    switch (random.nextInt(10)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(random.nextInt(tokens.size() + 1), tokens.get(at));
      case 2, 3 -> replaceNumber(tokens, random);
      case 4 -> tokens.set(at, word(words, random));
      case 5 -> tokens.add(at, word(words, random));
      case 6 -> tokens.set(at, value(random));
      case 7 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
      case 8 -> copyStretch(tokens, at, random);
      default -> tokens.set(at, nested(tokens.get(at), random));
    }
    String changedText = text.substring(0, from) + String.join("", tokens) + text.substring(end);
    byte[] changed = changedText.getBytes(ISO_8859_1);
    return changed.length > Mutator.BYTES_MAX
        ? java.util.Arrays.copyOf(changed, Mutator.BYTES_MAX)
        : changed;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  private static void replaceNumber(List<String> tokens, SplittableRandom random) {
    int from = random.nextInt(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      int at = (from + i) % tokens.size();
      if (Character.isDigit(tokens.get(at).charAt(tokens.get(at).length() - 1))) {
        tokens.set(at, NUMBERS.get(random.nextInt(NUMBERS.size())));
        return;
      }
    }
    tokens.set(from, NUMBERS.get(random.nextInt(NUMBERS.size())));
  }

  private static void copyStretch(List<String> tokens, int at, SplittableRandom random) {
    int end = Math.min(tokens.size(), at + 1 + random.nextInt(20));
    List<String> stretch = new ArrayList<>(tokens.subList(at, end));
    int times = Math.min(1 + random.nextInt(16), TOKENS_MAX / (tokens.size() + stretch.size()) + 1);
    for (int i = 0; i < times; i++) {
      tokens.addAll(at, stretch);
    }
  }

  private static String nested(String token, SplittableRandom random) {
    String opening = OPENING.get(random.nextInt(OPENING.size()));
    int depth = DEPTHS[random.nextInt(DEPTHS.length)];
    String text = opening.repeat(depth) + token;
    if (random.nextBoolean()) {
      return text;
    }
    char last = opening.charAt(0);
    String closing = last == '[' ? "]" : last == '(' ? ")" : last == '{' ? "}" : "";
    return text + closing.repeat(opening.equals("[[") ? 2 * depth : depth);
  }

  private static String word(List<byte[]> words, SplittableRandom random) {
    return words.isEmpty() ? value(random) : latin(words.get(random.nextInt(words.size())));
  }

  private static String value(SplittableRandom random) {
    return latin(utf8(VALUES.get(random.nextInt(VALUES.size()))));
  }

  /** Bytes one by one as characters, so that nothing is lost on the way there and back. */
  private static String latin(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
