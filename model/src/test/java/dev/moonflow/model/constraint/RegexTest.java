package dev.moonflow.model.constraint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexTest {
  private static final String[] LETTERS = {
    "a",
    "b",
    "c",
    "d",
    "x",
    "1",
    "9",
    " ",
    "\n",
    "_",
    "A",
    "é",
    "α",
    "ω",
    "€",
    "ก",
    "😀",
    "😎",
    ".",
    "-",
    "\"",
    "\\",
    "]",
    "\u2028",
    "\u0085",
    "\u0000",
    "\ud7ff",
    "\ue000",
    "\udbff\udfff"
  };

  @Test
  void randomExpressionsAcceptWhatTheJavaPlatformMatches() throws Exception {
    SplittableRandom random = new SplittableRandom(71);
    int matches = 0;
    int tooLarge = 0;
    for (int round = 0; round < 1_500; round++) {
      String regex = RandomRegex.draw(random, 3);
      Pattern oracle = Pattern.compile(regex);
      ByteAutomaton automaton;
      try {
        automaton = new Constraint.Regex(regex).compile();
      } catch (ConstraintException e) {
        tooLarge++; // a few have an exponential automaton
        continue;
      }
      for (int i = 0; i < 40; i++) {
        String text =
            i % 2 == 0
                ? letters(random)
                : new String(RandomWalk.answer(automaton, random, random.nextInt(12)), UTF_8);
        boolean expected = oracle.matcher(text).matches();
        matches += expected ? 1 : 0;
        assertThat(automaton.accepts(text.getBytes(UTF_8)))
            .as("%s on <%s>, round %d", regex, text, round)
            .isEqualTo(expected);
      }
      for (int i = 0; i < 10; i++) {
        byte[] answer = RandomWalk.answer(automaton, random, random.nextInt(20));
        String text = new String(answer, UTF_8);
        assertThat(text.getBytes(UTF_8)).as("UTF-8 of %s", regex).isEqualTo(answer);
        assertThat(oracle.matcher(text).matches()).as("%s on <%s>", regex, text).isTrue();
      }
    }
    assertThat(tooLarge).isLessThan(15);
    assertThat(matches).isGreaterThan(20_000);
  }

  @Test
  void everyCharacterOfAClassIsTakenAndNoOther() throws Exception {
    for (String regex :
        new String[] {".", "[^x]", "[\\u0080-\\u07ff]", "[ࠀ-\uffff]", "[\ud7fe-\ue001]", "\\W"}) {
      Pattern oracle = Pattern.compile(regex);
      ByteAutomaton automaton = new Constraint.Regex(regex).compile();
      for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x11000 ? 1 : 97) {
        if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
          String text = Character.toString(c);
          assertThat(automaton.accepts(text.getBytes(UTF_8)))
              .as("%s on U+%04X", regex, c)
              .isEqualTo(oracle.matcher(text).matches());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(a; at 0: the group is not closed",
        "a); at 1: unexpected ')'",
        "[a; at 0: the character class is not closed",
        "[z-a]; must go from a character to a later one",
        "a{3,2}; has its bounds swapped",
        "a{1001}; above 1000",
        "a{x}; must be {m}, {m,} or {m,n}",
        "*a; has nothing to repeat",
        "a**; a quantifier follows a quantifier",
        "a++; a quantifier follows a quantifier",
        "(?=a); only plain groups",
        "(a)\\1; \\1 is not understood",
        "\\bword; \\b is not understood",
        "\\p{L}; \\p is not understood",
        "a^b; only at the beginning",
        "^a|b$; an anchor beside | is ambiguous",
        "a\\; ends with a backslash",
        "\\ud800; a surrogate is no character",
        "[^\\x00-\\uffff\\s\\S]; accepts no answer",
        "(((a{900}){900}){900}); too large",
        "(.*a.{14}); too large",
      })
  void whatIsNotUnderstoodIsRefusedInASentence(String regex, String sentence) {
    assertThatThrownBy(() -> new Constraint.Regex(regex).compile())
        .isInstanceOf(ConstraintException.class)
        .hasMessageContaining(sentence)
        .hasMessageEndingWith(".");
  }

  @Test
  void anchorsAtTheEndsChangeNothing() throws Exception {
    ByteAutomaton automaton = new Constraint.Regex("^(?:yes|no)$").compile();
    assertThat(automaton.accepts("no".getBytes(UTF_8))).isTrue();
    assertThat(automaton.accepts("nope".getBytes(UTF_8))).isFalse();
  }

  private static String letters(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(7); left > 0; left--) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }
}
