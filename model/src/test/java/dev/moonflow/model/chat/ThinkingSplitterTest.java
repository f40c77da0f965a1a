package dev.moonflow.model.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThinkingSplitterTest {

  record Case(String text, String reasoning, String visible, boolean open) {}

  static List<Case> cases() {
    return List.of(
        new Case("", "", "", false),
        new Case(" plain answer \n", "", " plain answer \n", false),
        new Case("\u25c1think\u25b7 hm \u25c1/think\u25b7\n It is 4. ", "hm", "It is 4.", false),
        new Case("\u25c1think\u25b7cut off", "cut off", "", true),
        new Case("\u25c1think\u25b7", "", "", true),
        new Case("\u25c1think\u25b7\u25c1/think\u25b7", "", "", false),
        new Case("no opening\u25c1/think\u25b7yes", "no opening", "yes", false),
        new Case(
            "\u25c1think\u25b7a\u25c1/think\u25b7b\u25c1/think\u25b7c",
            "a",
            "b\u25c1/think\u25b7c",
            false),
        new Case("a\u25c1/think\u25b7b\u25c1think\u25b7c", "a", "b\u25c1think\u25b7c", false),
        new Case("half \u25c1thin", "", "half \u25c1thin", false),
        new Case("\u25c1\u25c1think\u25b7x\u25c1/think\u25b7y", "x", "y", false));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void howeverTheTextArrivesTheSplitIsTheSame(Case c) {
    Answer expected = new Answer(c.reasoning(), c.visible(), c.open());
    assertThat(ThinkingSplitter.split(c.text())).isEqualTo(expected);
    for (int first = 0; first <= c.text().length(); first++) {
      for (int second = first; second <= c.text().length(); second++) {
        ThinkingSplitter splitter = new ThinkingSplitter();
        splitter.push(c.text().substring(0, first));
        splitter.push(c.text().substring(first, second));
        splitter.push(c.text().substring(second));
        assertThat(splitter.finish()).isEqualTo(expected);
      }
    }
  }

  @Test
  void nothingOfAMarkerOrOfTheReasoningShowsWhileTheAnswerArrives() {
    String text = "\u25c1think\u25b7secret\u25c1/think\u25b7 The answer";
    ThinkingSplitter splitter = new ThinkingSplitter();
    String shown = "";
    for (char c : text.toCharArray()) {
      splitter.push(String.valueOf(c));
      assertThat(splitter.current().text()).startsWith(shown);
      assertThat("secret").startsWith(splitter.current().reasoning());
      shown = splitter.current().text();
      assertThat("The answer").startsWith(shown);
    }
    assertThat(shown).isEqualTo("The answer");
  }
}
