package dev.moonflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.model.engine.GoldenEngine.Prompt;
import dev.moonflow.model.vision.ImageFeatures;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** One bad request fails alone. */
class EngineFailureTest {

  private static final SamplingParameters ON = new SamplingParameters(0f, 1f, 0, true);

  private final Prompt text = GoldenEngine.prompt("text_short");
  private final Prompt good = GoldenEngine.prompt("chat_one_image");
  private final Prompt bad = GoldenEngine.prompt("chat_video_frames");

  @Test
  void anImageThatCannotBeEncodedFailsItsRequestAlone() {
    RgbImage poison = processed(bad.images().get(1));
    EngineModel model =
        with(
            images -> {
              if (images.stream().anyMatch(i -> Arrays.equals(i.rgb(), poison.rgb()))) {
                throw new IllegalStateException("poisoned");
              }
              return GoldenEngine.MODEL.vision().encode(images);
            },
            GoldenEngine.MODEL.language()::forward);
    try (ContinuousBatchingEngine engine =
        new ContinuousBatchingEngine(model, GoldenEngine.LIMITS)) {
      engine.submit(GoldenEngine.prepare(engine, "bad", bad, ON, 16));
      engine.submit(GoldenEngine.prepare(engine, "good", good, ON, 16));
      GoldenEngine.drain(engine);
      Progress failed = engine.progress("bad").orElseThrow();
      assertThat(failed.finishReason()).isEqualTo(FinishReason.ERROR);
      assertThat(failed.error()).contains("image").contains("poisoned");
      assertThat(engine.progress("good").orElseThrow().tokens()).containsExactly(good.greedy());
      assertThat(engine.cacheTokensUsed()).isZero();
    }
  }

  @Test
  void aSequenceThatBreaksThePassFailsAloneWhateverItsPhase() {
    for (int breaksAt : new int[] {0, 1, 5}) {
      EngineModel model =
          with(
              GoldenEngine.MODEL.vision()::encode,
              spans -> {
                // The sequence of text_short: 7 tokens, then one at a time.
                int length = breaksAt == 0 ? 0 : 6 + breaksAt;
                if (spans.stream()
                    .anyMatch(
                        s ->
                            s.sequence().length() == length
                                && s.count() == (length == 0 ? 7 : 1))) {
                  throw new ArrayIndexOutOfBoundsException("poisoned");
                }
                return GoldenEngine.MODEL.language().forward(spans);
              });
      try (ContinuousBatchingEngine engine =
          new ContinuousBatchingEngine(model, GoldenEngine.LIMITS)) {
        engine.submit(GoldenEngine.prepare(engine, "bad", text, ON, 16));
        engine.submit(GoldenEngine.prepare(engine, "good", good, ON, 16));
        GoldenEngine.drain(engine);
        Progress failed = engine.progress("bad").orElseThrow();
        assertThat(failed.finishReason()).isEqualTo(FinishReason.ERROR);
        assertThat(failed.error()).contains("language model").contains("poisoned");
        assertThat(failed.tokens()).containsExactly(Arrays.copyOf(text.greedy(), breaksAt));
        assertThat(engine.progress("good").orElseThrow().tokens()).containsExactly(good.greedy());
      }
    }
  }

  @Test
  void featuresThatDoNotFitThePromptFailItsRequestAlone() {
    EngineModel model =
        with(
            images -> {
              ImageFeatures features = GoldenEngine.MODEL.vision().encode(images);
              int last = features.images() - 1; // one image too short by a row
              int[] offsets = features.offsets().clone();
              offsets[last + 1]--;
              return new ImageFeatures(features.values(), offsets, features.hidden());
            },
            GoldenEngine.MODEL.language()::forward);
    try (ContinuousBatchingEngine engine =
        new ContinuousBatchingEngine(model, GoldenEngine.LIMITS)) {
      engine.submit(GoldenEngine.prepare(engine, "good", good, ON, 16));
      engine.submit(GoldenEngine.prepare(engine, "bad", bad, ON, 16));
      engine.submit(GoldenEngine.prepare(engine, "text", text, ON, 16));
      GoldenEngine.drain(engine);
      assertThat(engine.progress("bad").orElseThrow().error()).contains("language model");
      assertThat(engine.progress("good").orElseThrow().tokens()).containsExactly(good.greedy());
      assertThat(engine.progress("text").orElseThrow().tokens()).containsExactly(text.greedy());
    }
  }

  @Test
  void aPassThatFailsOnlyTogetherFailsNobody() {
    EngineModel model =
        with(
            GoldenEngine.MODEL.vision()::encode,
            spans -> {
              if (spans.size() > 1) {
                throw new OutOfMemoryError("too many at once");
              }
              return GoldenEngine.MODEL.language().forward(spans);
            });
    try (ContinuousBatchingEngine engine =
        new ContinuousBatchingEngine(model, GoldenEngine.LIMITS)) {
      engine.submit(GoldenEngine.prepare(engine, "a", text, ON, 16));
      engine.submit(GoldenEngine.prepare(engine, "b", good, ON, 16));
      GoldenEngine.drain(engine);
      assertThat(engine.progress("a").orElseThrow().tokens()).containsExactly(text.greedy());
      assertThat(engine.progress("b").orElseThrow().tokens()).containsExactly(good.greedy());
    }
  }

  @Test
  void logitsThatAreNotFiniteFailTheirRequestAlone() {
    EngineModel model =
        with(
            GoldenEngine.MODEL.vision()::encode,
            spans -> {
              float[] logits = GoldenEngine.MODEL.language().forward(spans);
              if (spans.get(0).sequence().length() == 9) {
                logits[17] = Float.NaN;
              }
              return logits;
            });
    try (ContinuousBatchingEngine engine =
        new ContinuousBatchingEngine(model, GoldenEngine.LIMITS)) {
      engine.submit(GoldenEngine.prepare(engine, "bad", text, ON, 16));
      engine.submit(GoldenEngine.prepare(engine, "good", good, ON, 16));
      GoldenEngine.drain(engine);
      assertThat(engine.progress("bad").orElseThrow().error()).contains("NaN");
      assertThat(engine.progress("bad").orElseThrow().tokens()).hasSize(2);
      assertThat(engine.progress("good").orElseThrow().tokens()).containsExactly(good.greedy());
    }
  }

  @Test
  void aFailingDeviceIsNoRequestsFault() {
    EngineModel model =
        with(
            GoldenEngine.MODEL.vision()::encode,
            spans -> {
              throw new DeviceException("the device is gone");
            });
    try (ContinuousBatchingEngine engine =
        new ContinuousBatchingEngine(model, GoldenEngine.LIMITS)) {
      engine.submit(GoldenEngine.prepare(engine, "a", text, ON, 16));
      assertThatThrownBy(engine::step).hasMessageContaining("the device is gone");
      assertThat(engine.progress("a").orElseThrow().finished()).isFalse();
    }
  }

  private static RgbImage processed(RgbImage image) {
    try {
      return GoldenEngine.MODEL.images().process(image).pixels();
    } catch (dev.moonflow.model.image.ImageRejectedException e) {
      throw new AssertionError(e);
    }
  }

  private static EngineModel with(EngineModel.ImageEncoder vision, EngineModel.Forward forward) {
    EngineModel m = GoldenEngine.MODEL.engineModel();
    return new EngineModel(
        m.tokenizer(),
        m.template(),
        m.images(),
        vision,
        m.language(),
        forward,
        m.mediaTokenId(),
        m.stops(),
        m.constraints());
  }
}
