package dev.moonflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.engine.GoldenEngine.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrefixCacheTest {
  private static final int MEDIA = GoldenEngine.MODEL.config().mediaTokenId();
  private static final EngineLimits LIMITS = new EngineLimits(4, 4096, 16, 4096, 4096, 4096);

  private static Progress run(ContinuousBatchingEngine engine, String id, int[] prefillTokens) {
    engine.submit(GoldenEngine.prepare(engine, id, prompt(), SamplingParameters.greedy(), 6));
    Progress[] end = new Progress[1];
    for (StepReport report : GoldenEngine.drain(engine)) {
      prefillTokens[0] += report.prefillTokens();
      report.finished().forEach(progress -> end[0] = progress);
    }
    engine.release(id);
    return end[0];
  }

  private static Prompt prompt() {
    return GoldenEngine.PROMPTS.values().stream()
        .filter(p -> !p.images().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatComesBeforeTheImageIsComputedOnceAndNothingElseChanges() {
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(LIMITS)) {
      int shared = new PrefixCache(MEDIA).sharedTokens(prompt().ids());
      int[] first = new int[1];
      int[] second = new int[1];
      Progress before = run(engine, "a", first);
      Progress after = run(engine, "b", second);
      assertThat(shared).isPositive();
      assertThat(first[0]).isEqualTo(prompt().ids().length);
      assertThat(second[0]).isEqualTo(first[0] - shared);
      assertThat(after.tokens()).isEqualTo(before.tokens());
      assertThat(after.logProbabilities()).isEqualTo(before.logProbabilities());
    }
  }

  @Test
  void onlyTextBeforeAnImageIsShared() {
    PrefixCache cache = new PrefixCache(9);
    assertThat(cache.sharedTokens(new int[] {1, 2, 3, 4, 5})).isZero();
    assertThat(cache.sharedTokens(new int[] {1, 2, 3, 9, 5})).isZero();
    assertThat(cache.sharedTokens(new int[] {1, 2, 3, 4, 5, 9, 6, 9})).isEqualTo(5);
    int[] longer = new int[200];
    longer[150] = 9;
    assertThat(cache.sharedTokens(longer)).isEqualTo(64);
    assertThat(List.of(cache.sharedTokens(new int[] {9, 9}))).containsExactly(0);
  }
}
