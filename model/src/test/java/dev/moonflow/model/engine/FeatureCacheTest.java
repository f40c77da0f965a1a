package dev.moonflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.engine.GoldenEngine.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Images that come again are encoded once, and no answer changes. */
class FeatureCacheTest {
  private static final SamplingParameters WARM = new SamplingParameters(0.9f, 0.95f, 3, true);

  @Test
  void answersAreTheSameBitsWithAndWithout() {
    FeatureCache cache = new FeatureCache(1 << 26);
    List<Prompt> prompts = GoldenEngine.shortPrompts();
    int encoded = 0;
    int reused = 0;
    for (int round = 0; round < 3; round++) {
      try (ContinuousBatchingEngine engine =
          GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS, cache)) {
        for (Prompt prompt : prompts) {
          // Twice in the same batch, too.
          engine.submit(GoldenEngine.prepare(engine, prompt.name(), prompt, WARM, 8));
          engine.submit(GoldenEngine.prepare(engine, prompt.name() + "'", prompt, WARM, 8));
        }
        for (StepReport report : GoldenEngine.drain(engine)) {
          encoded += report.reuse().encoded();
          reused += report.reuse().reused();
        }
        for (Prompt prompt : prompts) {
          int[] without = GoldenEngine.alone(GoldenEngine.LIMITS, prompt, WARM, 8);
          for (String name : List.of(prompt.name(), prompt.name() + "'")) {
            assertThat(engine.progress(name).orElseThrow().tokens())
                .as(name)
                .containsExactly(without);
          }
        }
      }
    }
    int images = prompts.stream().mapToInt(prompt -> prompt.images().size()).sum();
    long different =
        prompts.stream().flatMap(p -> p.images().stream()).map(ImageKey::of).distinct().count();
    assertThat(encoded).isEqualTo((int) different);
    assertThat(encoded + reused).isEqualTo(6 * images);
    assertThat(cache.evictions()).isZero();
    assertThat(cache.bytes()).isPositive();
  }

  @Test
  void thePatchesOfAStepAreEncodedOrReused() {
    Prompt prompt = GoldenEngine.prompt("chat_two_images");
    try (ContinuousBatchingEngine engine =
        GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS, new FeatureCache(1 << 26))) {
      PreparedRequest first = GoldenEngine.prepare(engine, "a", prompt, WARM, 1);
      PreparedRequest second = GoldenEngine.prepare(engine, "b", prompt, WARM, 1);
      engine.submit(first);
      engine.submit(second);
      StepReport report = engine.step();
      assertThat(report.patches()).isEqualTo(first.patches());
      assertThat(report.reuse()).isEqualTo(new StepReport.ImageReuse(2, 2, second.patches()));
    }
  }

  @Test
  void theLongestUnusedLeaveFirst() {
    FeatureCache cache = new FeatureCache(3 * (4 * 100 + 128));
    for (int i = 0; i < 3; i++) {
      cache.put(key(i), new float[100]);
    }
    assertThat(cache.get(key(0))).isNotNull();
    cache.put(key(3), new float[100]);
    assertThat(cache.get(key(1))).isNull();
    assertThat(cache.get(key(0))).isNotNull();
    assertThat(cache.evictions()).isOne();
    cache.put(key(4), new float[1_000]); // never fits
    assertThat(cache.get(key(4))).isNull();
    assertThat(cache.bytes()).isEqualTo(3 * 528);
    cache.growTo(10_000);
    cache.put(key(4), new float[1_000]);
    assertThat(cache.get(key(4))).isNotNull();
  }

  @Test
  void imagesOfOneContentAndAnotherShapeDiffer() {
    assertThat(ImageKey.of(new RgbImage(2, 1, new byte[6])))
        .isEqualTo(ImageKey.of(new RgbImage(2, 1, new byte[6])))
        .isNotEqualTo(ImageKey.of(new RgbImage(1, 2, new byte[6])));
  }

  private static ImageKey key(int i) {
    return new ImageKey(i, 0, 0, 0);
  }
}
