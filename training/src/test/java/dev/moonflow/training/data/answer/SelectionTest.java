package dev.moonflow.training.data.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.answer.Checkers;
import dev.moonflow.training.sample.answer.SampledAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final NearestAnswer NEAREST = new NearestAnswer(Checkers::of);

  private static Sample question(String expected) {
    return new Sample(
        "q",
        Category.INSTRUCTION,
        "x",
        "test",
        0,
        List.of(new Part.Text(Role.USER, "What?"), new Part.Text(Role.ASSISTANT, "an old answer")),
        List.of(),
        Optional.ofNullable(expected),
        Map.of());
  }

  private static SampledAnswer ended(String text) {
    return new SampledAnswer(text, text.length(), true);
  }

  private static SampledAnswer cut(String text) {
    return new SampledAnswer(text, text.length(), false);
  }

  private static String last(Sample sample) {
    assertThat(sample.parts()).hasSize(2);
    return ((Part.Text) sample.parts().get(1)).text();
  }

  private static String best(String expected, SampledAnswer... answers) {
    Decision decision = Selection.best(question(expected), List.of(answers), NEAREST);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT);
    assertThat(decision.kept()).hasSize(1);
    assertThat(decision.kept().get(0).id()).isEqualTo("q");
    assertThat(decision.kept().get(0).attributes()).containsKey("ranked");
    return last(decision.kept().get(0));
  }

  @Test
  void theNearestToTheKnownAnswerIsTheBest() {
    assertThat(best("A red bus", ended("green grass"), ended("the red bus."), ended("a red car")))
        .isEqualTo("the red bus.");
    assertThat(best("A red bus", ended("green grass"), ended("one big red bus"), ended("no idea")))
        .isEqualTo("one big red bus");
    // Reasoning does not count, and an answer that was cut off is none.
    assertThat(best("7", cut("7"), ended("◁think▷7◁/think▷8 or so"), ended("◁think▷8◁/think▷7")))
        .isEqualTo("◁think▷8◁/think▷7");
  }

  @Test
  void theMostTypicalIsTheBestWhereNoneIsKnown() {
    assertThat(
            best(
                null,
                ended("I do not know."),
                ended("A dog runs on grass."),
                ended("A dog runs on the grass."),
                ended("A brown dog runs on the grass.")))
        .isEqualTo("A dog runs on the grass.");
    assertThat(best(null, ended("same"), ended("same"))).isEqualTo("same");
    assertThat(best(null, ended("alone"))).isEqualTo("alone");
  }

  @Test
  void rightAnswersAreKeptOnceTheShortestFirst() {
    List<SampledAnswer> answers =
        List.of(
            ended("◁think▷so so so◁/think▷12"),
            ended("◁think▷so◁/think▷12"),
            ended("◁think▷so◁/think▷12"),
            ended("12"),
            ended("◁think▷12"),
            cut("◁think▷◁/think▷12"),
            ended("◁think▷12◁/think▷13"),
            ended("◁think▷so so◁/think▷The sum is 12."));
    Decision all = Selection.verified(question("12"), answers, Checkers.NUMERIC, 0);
    assertThat(all.good()).isEqualTo(5);
    assertThat(all.kept().stream().map(SelectionTest::last))
        .containsExactly(
            "12",
            "◁think▷so◁/think▷12",
            "◁think▷so so so◁/think▷12",
            "◁think▷so so◁/think▷The sum is 12.");
    assertThat(all.kept().stream().map(Sample::id)).containsExactly("q#0", "q#1", "q#2", "q#3");
    assertThat(all.kept().stream().map(Sample::category))
        .containsExactly(
            Category.INSTRUCTION, Category.REASONING, Category.REASONING, Category.REASONING);
    assertThat(all.kept().get(0).attributes()).containsEntry("success_rate", "0.625");
    Decision two = Selection.verified(question("12"), answers, Checkers.NUMERIC, 2);
    assertThat(two.kept()).isEqualTo(all.kept().subList(0, 2));
    Decision exact = Selection.verified(question("12"), answers, Checkers.EXACT, 0);
    assertThat(exact.good()).isEqualTo(4);
  }

  @Test
  void itIsSaidWhyNoneIsKept() {
    assertThat(verified("12", cut("12"), cut("12"))).isEqualTo(Outcome.CUT_OFF);
    assertThat(verified("12", cut("12"), ended("◁think▷12"))).isEqualTo(Outcome.BLANK);
    assertThat(verified("12", cut("12"), ended("13"))).isEqualTo(Outcome.NOT_RIGHT);
    assertThat(verified(null, ended("12"))).isEqualTo(Outcome.NOTHING_TO_CHECK);
    Decision blank = Selection.best(question(null), List.of(ended(" \n")), NEAREST);
    assertThat(blank.outcome()).isEqualTo(Outcome.BLANK);
    assertThat(blank.kept()).isEmpty();
  }

  private static Outcome verified(String expected, SampledAnswer... answers) {
    Decision decision =
        Selection.verified(question(expected), List.of(answers), Checkers.NUMERIC, 0);
    assertThat(decision.kept()).isEmpty();
    return decision.outcome();
  }
}
