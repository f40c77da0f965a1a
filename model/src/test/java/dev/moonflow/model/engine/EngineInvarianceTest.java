package dev.moonflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.engine.GoldenEngine.Prompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request generates depends on the request alone. */
class EngineInvarianceTest {

  private static final int NEW_TOKENS = 12;

  private static SamplingParameters warm(long seed) {
    return new SamplingParameters(0.9f, 0.95f, seed, true);
  }

  @Test
  void aBatchOfTwelveGeneratesWhatEachGeneratesAlone() {
    Map<String, int[]> alone = new HashMap<>();
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      for (Prompt prompt : GoldenEngine.PROMPTS.values()) {
        alone.put(
            prompt.name(), GoldenEngine.alone(GoldenEngine.LIMITS, prompt, warm(3), NEW_TOKENS));
        engine.submit(GoldenEngine.prepare(engine, prompt.name(), prompt, warm(3), NEW_TOKENS));
      }
      assertThat(alone).hasSize(12);
      GoldenEngine.drain(engine);
      alone.forEach((name, tokens) -> assertTokens(engine, name, tokens));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 4", "2, 8, 5", "3, 60, 16", "16, 100000, 7", "16, 100000, 1000"})
  void neitherBudgetsNorTheOrderOfSubmissionMatter(int running, int patches, int tokens) {
    EngineLimits limits = new EngineLimits(running, patches, tokens, 8192, 16_384, 4096);
    List<Prompt> prompts = new ArrayList<>(GoldenEngine.shortPrompts());
    Collections.shuffle(prompts, new Random(tokens));
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(limits)) {
      for (Prompt prompt : prompts) {
        engine.submit(
            GoldenEngine.prepare(
                engine,
                prompt.name(),
                prompt,
                new SamplingParameters(0f, 1f, 0, true),
                prompt.greedy().length));
      }
      GoldenEngine.drain(engine);
      prompts.forEach(prompt -> assertTokens(engine, prompt.name(), prompt.greedy()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text_short", "chat_two_images", "chat_system"})
  void aGenerationResumedAtAnySplitGoesOnWithTheSameTokens(String name) {
    Prompt prompt = GoldenEngine.prompt(name);
    int[] whole = GoldenEngine.alone(GoldenEngine.LIMITS, prompt, warm(11), NEW_TOKENS);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      for (int split = 0; split <= NEW_TOKENS; split++) {
        int[] done = Arrays.copyOf(whole, split);
        engine.submit(
            GoldenEngine.prepare(engine, "at " + split, prompt, warm(11), NEW_TOKENS, done));
      }
      GoldenEngine.drain(engine);
      for (int split = 0; split <= NEW_TOKENS; split++) {
        assertTokens(engine, "at " + split, whole);
      }
    }
  }

  @Test
  void differentSeedsGenerateDifferently() {
    Prompt prompt = GoldenEngine.prompt("chat_text");
    assertThat(GoldenEngine.alone(GoldenEngine.LIMITS, prompt, warm(1), NEW_TOKENS))
        .isNotEqualTo(GoldenEngine.alone(GoldenEngine.LIMITS, prompt, warm(2), NEW_TOKENS));
  }

  @Test
  void randomTrafficGeneratesWhatEachRequestGeneratesAlone() {
    long seed = 2024;
    SplittableRandom random = new SplittableRandom(seed);
    EngineLimits limits = new EngineLimits(4, 48, 13, 1024, 16_384, 1024);
    List<Prompt> prompts =
        GoldenEngine.shortPrompts().stream().filter(p -> p.ids().length < 100).toList();
    Map<String, int[]> expected = new HashMap<>();
    for (Prompt prompt : prompts) {
      expected.put(prompt.name(), GoldenEngine.alone(limits, prompt, warm(5), NEW_TOKENS));
    }
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(limits)) {
      Map<String, Prompt> submitted = new HashMap<>();
      for (int i = 0; i < 60; i++) {
        Prompt prompt = prompts.get(random.nextInt(prompts.size()));
        int split = random.nextInt(NEW_TOKENS + 1);
        int[] done = Arrays.copyOf(expected.get(prompt.name()), split);
        engine.submit(GoldenEngine.prepare(engine, "r" + i, prompt, warm(5), NEW_TOKENS, done));
        submitted.put("r" + i, prompt);
        if (random.nextInt(5) == 0) {
          engine.cancel("r" + random.nextInt(i + 1));
        }
        for (int steps = random.nextInt(4); steps > 0; steps--) {
          engine.step();
        }
      }
      GoldenEngine.drain(engine);
      int whole = 0;
      for (Map.Entry<String, Prompt> entry : submitted.entrySet()) {
        Progress progress = engine.progress(entry.getKey()).orElseThrow();
        int[] tokens = expected.get(entry.getValue().name());
        assertThat(progress.tokens())
            .as("seed %d, %s", seed, entry.getKey())
            .containsExactly(Arrays.copyOf(tokens, progress.tokens().length));
        whole += progress.finishReason() == FinishReason.LENGTH ? 1 : 0;
        assertThat(progress.finishReason()).isIn(FinishReason.LENGTH, FinishReason.CANCELLED);
      }
      assertThat(whole).isGreaterThan(40);
      assertThat(engine.cacheTokensUsed()).isZero();
    }
  }

  private static void assertTokens(Engine engine, String id, int[] tokens) {
    assertThat(engine.progress(id).orElseThrow().tokens()).as(id).containsExactly(tokens);
  }
}
