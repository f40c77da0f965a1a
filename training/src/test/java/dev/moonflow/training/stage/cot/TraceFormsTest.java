package dev.moonflow.training.stage.cot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.chat.ThinkingSplitter;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.rollout.DrawnAnswer;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Traces: their forms, and that only verified ones come through. */
class TraceFormsTest {
  private static final DrawnAnswer[] NONE = {};

  private static String assistant(Sample sample) {
    return ((Part.Text) sample.parts().get(sample.parts().size() - 1)).text();
  }

  private static Sample sum(String reasoning, String answer) {
    return new Sample(
        "sum",
        Category.REASONING,
        "test",
        "test",
        0,
        List.of(
            new Part.Text(Role.USER, "What is 20 + 3 + 4?"),
            new Part.Text(
                Role.ASSISTANT,
                ThinkingSplitter.OPEN + reasoning + ThinkingSplitter.CLOSE + answer)),
        List.of(),
        Optional.of("27"),
        Map.of());
  }

  private static DrawnAnswer drawn(String text, int tokens) {
    return new DrawnAnswer(new int[0], new int[tokens], text, true);
  }

  @Test
  void equationsAreFoundAndJudged() {
    String text = "20 + 3 = 23.\nones: 7 + 5 + 1 = 13; 4 x 6 = 25, 1.50 + 2.25 = 3.75";
    List<Equation> found = Equation.in(text);
    assertThat(found.stream().map(Equation::text))
        .containsExactly("20 + 3 = 23", "4 x 6 = 25", "1.50 + 2.25 = 3.75");
    assertThat(found.stream().map(Equation::holds)).containsExactly(true, false, true);
    assertThat(found.get(0).undone()).isEqualTo("23 - 3 is 20");
    assertThat(found.get(1).undone()).isEqualTo("25 / 6 is not 4");
  }

  @Test
  void generatedTracesPlanExploreEvaluateAndReflect() {
    var generator = Generators.standard().named("reason-arithmetic");
    int explored = 0;
    int checked = 0;
    for (int i = 0; i < 100; i++) {
      Sample sample = generator.generate(3, i);
      Sample chosen = WarmUpSet.choose(sample, NONE, 7).orElseThrow();
      assertThat(chosen.attributes()).containsEntry(WarmUpSet.TRACE, WarmUpSet.GENERATED);
      Answer answer = ThinkingSplitter.split(assistant(chosen));
      assertThat(answer.text()).isEqualTo(sample.answer().orElseThrow());
      assertThat(answer.reasoning()).startsWith("Plan: ").contains(plainSteps(sample));
      boolean explores = answer.reasoning().contains("Maybe ");
      assertThat(answer.reasoning().contains("No, that was wrong. Again:")).isEqualTo(explores);
      // Only the guess, which is taken back, is wrong.
      assertThat(Equation.in(answer.reasoning()).stream().filter(e -> !e.holds()))
          .hasSize(explores ? 1 : 0);
      explored += explores ? 1 : 0;
      checked += answer.reasoning().contains("so it is right.") ? 1 : 0;
    }
    assertThat(explored).isBetween(20, 80);
    assertThat(checked).isGreaterThan(50);
  }

  private static String plainSteps(Sample sample) {
    String reasoning = ThinkingSplitter.split(assistant(sample)).reasoning();
    return reasoning.lines().findFirst().orElseThrow();
  }

  @Test
  void theShortestRightAnswerOfTheModelIsTaken() {
    Sample sample = sum("20 + 3 = 23.\n23 + 4 = 27.", "27");
    DrawnAnswer[] answers = {
      drawn("◁think▷hm◁/think▷28", 3),
      drawn("27", 1),
      drawn("◁think▷never ends 27", 2),
      drawn("◁think▷23 and 4◁/think▷27", 9),
      drawn("◁think▷20 and 7◁/think▷It is 27.", 8),
    };
    Sample chosen = WarmUpSet.choose(sample, answers, 1).orElseThrow();
    assertThat(assistant(chosen)).isEqualTo("◁think▷20 and 7◁/think▷It is 27.");
    assertThat(chosen.attributes()).containsEntry(WarmUpSet.TRACE, WarmUpSet.SAMPLED);
  }

  @Test
  void aTraceThatIsNotVerifiedIsLeftOut() {
    assertThat(WarmUpSet.choose(sum("20 + 3 = 23.\n23 + 4 = 28.", "27"), NONE, 1)).isEmpty();
    assertThat(WarmUpSet.choose(sum("20 + 3 = 23.\n23 + 4 = 27.", "28"), NONE, 1)).isEmpty();
    assertThat(WarmUpSet.choose(sum("", "27"), NONE, 1)).isEmpty();
    assertThat(WarmUpSet.choose(sum("20 + 3 = 23.\n23 + 4 = 27.", "27"), NONE, 1)).isPresent();
  }
}
