package dev.moonflow.training.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.training.evaluation.statistics.Portion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values worked out by hand. */
class MetricsTest {

  private static Judgement judge(String metric, String answer, Target target) {
    return Metrics.named(metric).orElseThrow().judge(answer, target);
  }

  private static double worth(String metric, String answer, Target target) {
    return judge(metric, answer, target).portion().part();
  }

  private static Target text(String... references) {
    return new Target.Text(List.of(references));
  }

  @Test
  void exactMatchPassesOverCaseArticlesAndPunctuation() {
    assertThat(worth("exact-match", "The  Eiffel Tower.", text("eiffel tower"))).isEqualTo(1);
    assertThat(worth("exact-match", "Answer: Paris!", text("Rome", "Paris"))).isEqualTo(1);
    assertThat(worth("exact-match", "Eiffel", text("eiffel tower"))).isEqualTo(0);
    assertThat(worth("exact-match", "3.5", text("35"))).isEqualTo(0);
    assertThat(worth("exact-match", "", text("the"))).isEqualTo(0);
  }

  @Test
  void anlsIsOneLessTheDistanceAndZeroFromAHalf() {
    // One replacement in 4 letters, then 2 of 4: at the threshold, worth nothing.
    assertThat(worth("anls", "Tear", text("team"))).isEqualTo(0.75);
    assertThat(worth("anls", "tick", text("team"))).isEqualTo(0);
    assertThat(worth("anls", "ab", text("abcd"))).isEqualTo(0);
    assertThat(worth("anls", "abc", text("abcde"))).isCloseTo(0.6, within(1e-12));
    assertThat(worth("anls", "kitten", text("dog", "sitting"))).isCloseTo(4 / 7.0, within(1e-12));
    assertThat(worth("anls", "", text("x"))).isEqualTo(0);
  }

  @Test
  void errorRatesCountCodePointsAndWords() {
    assertThat(judge("cer", "kitten", text("sitting")).portion()).isEqualTo(new Portion(3, 7));
    assertThat(judge("cer", "a\uD83D\uDE00", text("\uD83D\uDE00")).portion())
        .isEqualTo(new Portion(1, 1));
    assertThat(judge("cer", " two\n lines ", text("two lines")).portion())
        .isEqualTo(new Portion(0, 9));
    assertThat(judge("wer", "the cat sat down", text("the cat sits")).portion())
        .isEqualTo(new Portion(2, 3));
    assertThat(judge("cer", "", text("abc")).portion()).isEqualTo(new Portion(3, 3));
    assertThat(Metrics.named("cer").orElseThrow().isErrorRate()).isTrue();
  }

  @Test
  void whatIsCutOffAVeryLongAnswerCountsAsEdits() {
    String endless = "x".repeat(EditDistance.SYMBOLS_MAX + 5);
    assertThat(EditDistance.ofCodePoints("x", endless)).isEqualTo(EditDistance.SYMBOLS_MAX + 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "105|1",
        "95|1",
        "105.1|0",
        "94.9|0",
        "the answer is 100|1",
        "It was 7, so x = 100.|1",
        "1,000|0",
        "$101|1",
        "102%|1",
        "200/2|1",
        "\\frac{300}{3}|1",
        "1e2|1",
        "\u2212100|0",
        "no idea|0",
        "Answer: 100 (not 300)|1",
        "12 of 99|1",
      })
  void aNumberMayBeFivePercentOff(String answer, double expected) {
    assertThat(worth("relaxed-accuracy", answer, new Target.Number(100, 0.05, 0)))
        .isEqualTo(expected);
  }

  @Test
  void withoutToleranceNumbersAreEqualAfterRounding() {
    assertThat(worth("relaxed-accuracy", "2.349", new Target.Number(2.35, 0, 2))).isEqualTo(1);
    assertThat(worth("relaxed-accuracy", "2.34", new Target.Number(2.35, 0, 2))).isEqualTo(0);
    assertThat(worth("relaxed-accuracy", "0.1", new Target.Number(0, 0.05, 0))).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "click(x=0.25, y=0.5)|50|50",
        "pyautogui.click(x=0.25, y=0.5)|50|50",
        "(0.25, 0.5)|50|50",
        "{\"x\": 50, \"y\": 25}|50|25",
        "[40, 20, 60, 30]|50|25",
        "(40,20),(60,30)|50|25",
        "[0.2, 0.2, 0.3, 0.8]|50|50",
        "<point>500 250</point>|100|25",
        "<box>[[250, 500, 750, 900]]</box>|100|70",
        "25%, 50%|50|50",
        "Step 1: look. Then click (10, 20).|10|20",
        "5000, 20|5000|20",
      })
  void placesAreReadInManyForms(String answer, double x, double y) {
    PredictedPoint point = PredictedPoint.parse(answer, Coordinates.AUTO, 200, 100).orElseThrow();
    assertThat(point.x()).isCloseTo(x, within(1e-9));
    assertThat(point.y()).isCloseTo(y, within(1e-9));
  }

  @Test
  void aHitLiesInTheTargetBox() {
    Target target = new Target.Place(new Box(40, 40, 60, 60), 200, 100, Coordinates.AUTO);
    assertThat(worth("grounding-hit", "(0.25, 0.5)", target)).isEqualTo(1);
    assertThat(worth("grounding-hit", "(0.31, 0.5)", target)).isEqualTo(0);
    assertThat(worth("grounding-hit", "on the left", target)).isEqualTo(0);
    Target thousand = new Target.Place(new Box(0, 0, 1, 1), 200, 100, Coordinates.THOUSAND);
    assertThat(worth("grounding-hit", "(1, 1)", thousand)).isEqualTo(1);
  }

  @Test
  void containmentLooksAnywhereAndFormulasKeepTheirCase() {
    assertThat(worth("containment", "It reads OPEN\nDAILY now", text("open daily"))).isEqualTo(1);
    assertThat(worth("containment", "closed", text("open"))).isEqualTo(0);
    assertThat(worth("containment", "anything", text(""))).isEqualTo(0);
    Target formula = new Target.Formula(List.of("x ^ 2 + Y"));
    assertThat(worth("containment", "x^2  +Y", formula)).isEqualTo(1);
    assertThat(worth("containment", "x^2+y", formula)).isEqualTo(0);
  }

  @Test
  void aNeedleIsAWordOfItsOwn() {
    assertThat(worth("needle-recall", "The number is 4821.", text("4821"))).isEqualTo(1);
    assertThat(worth("needle-recall", "The number is 148210.", text("4821"))).isEqualTo(0);
    assertThat(worth("needle-recall", "14821 or 4821", text("4821"))).isEqualTo(1);
  }

  @Test
  void theKindOfTargetDecidesInMixedBenchmarks() {
    assertThat(worth("mixed-accuracy", "(B)", new Target.Choice(List.of("1", "2"), 1)))
        .isEqualTo(1);
    assertThat(worth("mixed-accuracy", "x = 12.004", text("12"))).isEqualTo(1);
    assertThat(worth("mixed-accuracy", "the Krebs cycle", text("Krebs cycle"))).isEqualTo(1);
    assertThat(worth("mixed-accuracy", "Krebs-Zyklus", text("Krebs cycle"))).isEqualTo(0);
    assertThat(worth("mixed-accuracy", "Not answerable.", new Target.Unanswerable())).isEqualTo(1);
    assertThat(worth("mixed-accuracy", "B and A", new Target.AllOf(List.of("B", "A"))))
        .isEqualTo(0);
    assertThat(worth("mixed-accuracy", "pie and bars", new Target.AllOf(List.of("bars", "pie"))))
        .isEqualTo(1);
  }

  @Test
  void aMetricRefusesTargetsOfAnotherKind() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> judge("cer", "x", new Target.Unanswerable()))
        .withMessage("cer cannot judge a target of kind Unanswerable");
  }
}
