package dev.moonflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Features of images that leave an engine and enter another. */
class KnownFeaturesTest {
  private static final int TOKENS = 10;
  private static final SamplingParameters WARM = new SamplingParameters(0.9f, 0.95f, 8, true);

  private static GenerationRequest request(String id, KnownFeatures features, int... resume) {
    List<ContentPart> parts = new ArrayList<>();
    for (RgbImage image : GoldenEngine.prompt("chat_two_images").images()) {
      parts.add(new ContentPart.Image(image));
    }
    parts.add(new ContentPart.Text("Which one?"));
    return new GenerationRequest(
        id, List.of(new Message("user", parts)), WARM, TOKENS, resume, null, features);
  }

  private static Progress run(Engine engine, GenerationRequest request) throws Exception {
    engine.submit(engine.prepare(request));
    GoldenEngine.drain(engine);
    return engine.progress(request.id()).orElseThrow();
  }

  @Test
  void arePublishedOnceAndSaveTheVisionTowerItsWork() throws Exception {
    try (ContinuousBatchingEngine first = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS);
        ContinuousBatchingEngine second = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      Progress whole = run(first, request("whole", KnownFeatures.NONE));
      assertThat(first.takeFeatures("whole")).isEmpty();

      first.submit(first.prepare(request("a", KnownFeatures.WANTED)));
      assertThat(first.takeFeatures("a")).isEmpty();
      assertThat(first.step().patches()).isPositive();
      List<float[]> rows = first.takeFeatures("a").orElseThrow();
      assertThat(rows).hasSize(2);
      assertThat(first.takeFeatures("a")).isEmpty();

      for (int done : new int[] {0, 4}) {
        int[] resume = Arrays.copyOf(whole.tokens(), done);
        PreparedRequest prepared =
            second.prepare(request("b" + done, KnownFeatures.of(rows), resume));
        assertThat(prepared.patches()).isZero();
        second.submit(prepared);
        assertThat(GoldenEngine.drain(second)).allMatch(report -> report.patches() == 0);
        Progress again = second.progress("b" + done).orElseThrow();
        assertThat(again.tokens()).containsExactly(whole.tokens());
        assertThat(again.promptTokens()).isEqualTo(whole.promptTokens());
        assertThat(again.logProbabilities())
            .containsExactly(Arrays.copyOfRange(whole.logProbabilities(), done, TOKENS));
      }
    }
  }

  @Test
  void ofOtherImagesGiveOtherTokens() throws Exception {
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      Progress whole = run(engine, request("whole", KnownFeatures.NONE));
      engine.submit(engine.prepare(request("a", KnownFeatures.WANTED)));
      engine.step();
      List<float[]> rows = engine.takeFeatures("a").orElseThrow();
      List<float[]> zeros = rows.stream().map(row -> new float[row.length]).toList();
      assertThat(run(engine, request("b", KnownFeatures.of(zeros))).logProbabilities())
          .isNotEqualTo(whole.logProbabilities());
    }
  }

  @Test
  void areForgottenWithTheEndOfTheirRequest() throws Exception {
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      run(engine, request("a", KnownFeatures.WANTED));
      assertThat(engine.takeFeatures("a")).isEmpty();
    }
  }

  @Test
  void thatDoNotFitAreRefused() throws Exception {
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      KnownFeatures one = KnownFeatures.of(List.of(new float[3], new float[3]));
      assertThatThrownBy(() -> engine.prepare(request("a", one)))
          .isInstanceOf(RequestRejectedException.class)
          .hasMessageContaining("image 1 have 3 numbers");
    }
  }
}
