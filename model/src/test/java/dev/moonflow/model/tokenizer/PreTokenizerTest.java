package dev.moonflow.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreTokenizerTest {

  // One of each kind that the pattern tells apart, inside and outside the basic plane.
  private static final String[] KINDS = {
    "a",
    "A",
    "\u01c5",
    "\u02b0",
    "\u05d0",
    "\u0301",
    "\u4e2d",
    "\u3007",
    "1",
    "\u0663",
    " ",
    "\t",
    "\n",
    "\r",
    "\u00a0",
    "\u2028",
    "\u001c",
    ".",
    "'",
    "s",
    "'s",
    "\u017f",
    "\ud835\udc00",
    "\ud835\udc1a",
    "\ud83d\ude00",
    "\ud840\udc00",
    "\u200b",
    "\u200d",
    "\ufe0f",
    "\ud801\udc00",
    "\ud802\udd00"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A",
        "\u05d0",
        "\u0301",
        "\u4e2d",
        "7",
        " ",
        "\n",
        "\t",
        ".",
        "'",
        "\ud835\udc00",
        "A\ud835\udc00",
        "\u0301\ud835\udc00",
        "\u05d0\ud802\udd00",
        " \n",
        ".\n",
        "aA",
        "A'S",
        "\ud83d\ude00"
      })
  void aLongRunNeitherOverflowsTheStackNorExplodes(String unit) {
    String run = unit.repeat(TextChunker.RUN_MAX / unit.codePointCount(0, unit.length()));
    for (String text : List.of(run, run + "x", run + "!", " " + run + " ", "\n" + run + "\n\n x")) {
      assertThat(String.join("", PreTokenizer.split(text))).isEqualTo(text);
    }
  }

  @Test
  void piecesOfRandomTextJoinToTheText() {
    long seed = 20250410;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 3000; round++) {
      String text = randomText(random, random.nextInt(40));
      assertThat(String.join("", PreTokenizer.split(text))).as("seed %d", seed).isEqualTo(text);
    }
  }

  @Test
  void aLongMixedTextIsCutInOnePass() {
    String text = randomText(new SplittableRandom(5), 100_000);
    assertThat(String.join("", PreTokenizer.split(text))).isEqualTo(text);
  }

  @Test
  void unicodeSpacesAndContractionsFollowUnicode() {
    assertThat(PreTokenizer.split("x\u00a0\u2003y")).containsExactly("x", "\u00a0", "\u2003y");
    assertThat(PreTokenizer.split("it'\u017f x")).containsExactly("it'\u017f", " x");
    assertThat(PreTokenizer.split("a\u001cb")).containsExactly("a", "\u001cb");
    assertThat(PreTokenizer.split("HelloWorld")).containsExactly("Hello", "World");
    assertThat(PreTokenizer.split("12345")).containsExactly("123", "45");
    assertThat(PreTokenizer.split("\u4e2d\u6587abc")).containsExactly("\u4e2d\u6587", "abc");
  }

  private static String randomText(SplittableRandom random, int units) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < units; i++) {
      String kind = KINDS[random.nextInt(KINDS.length)];
      text.append(kind.repeat(random.nextInt(8) == 0 ? 1 + random.nextInt(5) : 1));
    }
    return text.toString();
  }
}
