package dev.moonflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.constraint.ConstraintException;
import dev.moonflow.model.constraint.RandomRegex;
import dev.moonflow.model.constraint.RandomSchema;
import dev.moonflow.model.constraint.SchemaValidator;
import dev.moonflow.model.engine.GoldenEngine.Prompt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever the weights are, a constrained answer parses, and nobody else notices. */
class ConstrainedGenerationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TOKENS = 24;

  private final Prompt prompt = GoldenEngine.prompt("text_short");

  private PreparedRequest prepare(
      ContinuousBatchingEngine engine,
      String id,
      Constraint constraint,
      SamplingParameters sampling,
      int max,
      int... resume)
      throws RequestRejectedException {
    return engine.prepareIds(id, prompt.ids(), prompt.images(), sampling, max, resume, constraint);
  }

  private static SamplingParameters sampling(int round) {
    return switch (round % 3) {
      case 0 -> SamplingParameters.greedy();
      case 1 -> new SamplingParameters(1f, 1f, round, false);
      default -> new SamplingParameters(1.7f, 0.8f, round, false);
    };
  }

  private static Constraint draw(SplittableRandom random, int round) {
    return switch (round % 4) {
      case 0 -> new Constraint.Regex(RandomRegex.draw(random, 2));
      case 1 -> new Constraint.Numeric("decimal -20..1" + round);
      case 2 -> new Constraint.Choices(List.of("yes", "no", "cannot be said", "né " + round));
      default -> new Constraint.JsonSchema(RandomSchema.draw(random, 2).toString());
    };
  }

  private static boolean parses(Constraint constraint, String text) throws Exception {
    if (constraint instanceof Constraint.Regex regex) {
      return Pattern.compile(regex.pattern()).matcher(text).matches();
    }
    if (constraint instanceof Constraint.Numeric numeric) {
      double value = Double.parseDouble(text);
      String[] range = numeric.range().substring("decimal ".length()).split("\\.\\.");
      return value >= Double.parseDouble(range[0]) && value <= Double.parseDouble(range[1]);
    }
    if (constraint instanceof Constraint.Choices choices) {
      return choices.values().contains(text);
    }
    String schema = ((Constraint.JsonSchema) constraint).schema();
    return SchemaValidator.accepts(JSON.readTree(schema), text);
  }

  @Test
  void everyAnswerParsesAndTheUnconstrainedOnesBesideItKeepTheirBits() throws Exception {
    SplittableRandom random = new SplittableRandom(21);
    SamplingParameters free = new SamplingParameters(0.9f, 0.95f, 7, true);
    int[] alone = GoldenEngine.alone(GoldenEngine.LIMITS, prompt, free, TOKENS);
    Map<String, Constraint> constraints = new HashMap<>();
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      for (int round = 0; round < 160; round++) {
        Constraint constraint = draw(random, round);
        try {
          engine.submit(prepare(engine, "c" + round, constraint, sampling(round), TOKENS));
          constraints.put("c" + round, constraint);
        } catch (RequestRejectedException e) {
          assertThat(e).hasMessageContaining("would be truncated");
        }
        if (round % 8 == 0) {
          engine.submit(GoldenEngine.prepare(engine, "f" + round, prompt, free, TOKENS));
        }
      }
      GoldenEngine.drain(engine);
      assertThat(constraints).hasSizeGreaterThan(130);
      for (Map.Entry<String, Constraint> each : constraints.entrySet()) {
        Progress progress = engine.progress(each.getKey()).orElseThrow();
        String text = GoldenEngine.MODEL.tokenizer().visibleText(progress.tokens());
        assertThat(parses(each.getValue(), text))
            .as("%s wrote <%s>, %s", each.getValue(), text, progress.error())
            .isTrue();
        assertThat(progress.tokens().length).isLessThanOrEqualTo(TOKENS);
      }
      for (int round = 0; round < 160; round += 8) {
        assertThat(engine.progress("f" + round).orElseThrow().tokens()).containsExactly(alone);
      }
    }
  }

  @Test
  void anAnswerIsTheSameAloneAndResumedAnywhere() throws Exception {
    Constraint constraint =
        new Constraint.JsonSchema(
            "{\"properties\": {\"k\": {\"type\": \"string\", \"maxLength\": 12}, \"n\": {\"type\":"
                + " \"integer\"}}, \"required\": [\"k\", \"n\"]}");
    SamplingParameters warm = new SamplingParameters(1f, 1f, 5, false);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      engine.submit(prepare(engine, "whole", constraint, warm, 40));
      GoldenEngine.drain(engine);
      int[] whole = engine.progress("whole").orElseThrow().tokens();
      assertThat(whole.length).isGreaterThan(5);
      for (int split = 0; split <= whole.length; split++) {
        engine.submit(
            prepare(engine, "at " + split, constraint, warm, 40, Arrays.copyOf(whole, split)));
      }
      GoldenEngine.drain(engine);
      for (int split = 0; split <= whole.length; split++) {
        Progress resumed = engine.progress("at " + split).orElseThrow();
        assertThat(resumed.tokens()).as("split %d", split).containsExactly(whole);
        assertThat(resumed.finishReason()).isEqualTo(FinishReason.STOP);
      }
    }
  }

  @Test
  void aConstraintThatAllowsEverythingDrawsWhatNoConstraintDraws() throws Exception {
    Constraint anything = new Constraint.Regex("[\\s\\S]*");
    SamplingParameters warm = new SamplingParameters(0.8f, 0.9f, 13, false);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      engine.submit(prepare(engine, "c", anything, warm, TOKENS));
      GoldenEngine.drain(engine);
      String text =
          GoldenEngine.MODEL.tokenizer().decode(engine.progress("c").orElseThrow().tokens());
      assertThat(text).doesNotContain("\uFFFD"); // not even half a character at the end
    }
  }

  @Test
  void whatCannotBeIsRefusedAtPreparation() {
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      SamplingParameters greedy = SamplingParameters.greedy();
      assertThatThrownBy(() -> prepare(engine, "x", new Constraint.Regex("("), greedy, 9))
          .isInstanceOf(RequestRejectedException.class)
          .hasMessageContaining("the group is not closed");
      assertThatThrownBy(() -> prepare(engine, "x", new Constraint.Regex("[0-9]{50}"), greedy, 3))
          .hasMessageContaining("would be truncated")
          .hasMessageContaining("3 are left");
      assertThatThrownBy(
              () -> prepare(engine, "x", new Constraint.Numeric("integer"), greedy, 9, 65, 66))
          .hasMessageContaining("does not keep to the constraint");
      SamplingParameters endless = new SamplingParameters(0f, 1f, 0, true);
      assertThatThrownBy(() -> prepare(engine, "x", new Constraint.Numeric("integer"), endless, 9))
          .hasMessageContaining("cannot ignore stop tokens");
    }
  }

  @Test
  void aConstraintThatIsTooLargeIsRefusedQuickly() {
    assertThatThrownBy(() -> new Constraint.Regex("(.*a.{40})").compile())
        .isInstanceOf(ConstraintException.class)
        .hasMessageContaining("too large");
  }
}
