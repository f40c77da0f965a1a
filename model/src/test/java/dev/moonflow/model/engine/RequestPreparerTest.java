package dev.moonflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.engine.GoldenEngine.Prompt;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that can never be computed are refused in one sentence that names the limit. */
class RequestPreparerTest {

  private static final SamplingParameters GREEDY = SamplingParameters.greedy();

  private final RequestPreparer preparer = preparer(GoldenEngine.LIMITS);

  @Test
  void aConversationIsCountedAsItWillBeComputed() throws RequestRejectedException {
    RgbImage image = new RgbImage(300, 200, new byte[300 * 200 * 3]);
    TokenizedRequest request = prepare(preparer, new ContentPart.Image(image), text("Read it."));
    assertThat(request.patches()).isEqualTo(22 * 16); // 308 x 224 after padding
    assertThat(
            Arrays.stream(request.prompt())
                .filter(id -> id == GoldenEngine.MODEL.config().mediaTokenId()))
        .hasSize(22 * 16 / 4);
    assertThat(request.takeImages()).hasSize(1);
    assertThatThrownBy(request::takeImages).hasMessageContaining("submitted before");
  }

  @Test
  void aPromptAsLongAsTheContextIsRefused() throws RequestRejectedException {
    EngineLimits limits = new EngineLimits(1, 100, 100, 10_000, 100, 40);
    assertThatThrownBy(() -> prepare(preparer(limits), text("too long for so short a context")))
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("maxContextTokens")
        .hasMessageContaining("ends at 40");
    Prompt prompt = GoldenEngine.prompt("text_short");
    TokenizedRequest cut =
        preparer(limits)
            .prepare(
                "x", prompt.ids(), List.of(), GREEDY, 1000, new int[0], null, KnownFeatures.NONE);
    assertThat(cut.maxNewTokens()).isEqualTo(40 - prompt.ids().length);
  }

  @Test
  void endlessTextIsRefusedBeforeItIsTokenised() {
    String endless = "x".repeat(50_000_000);
    assertThatThrownBy(() -> prepare(preparer, text(endless)))
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("characters");
  }

  @Test
  void theEarlyRefusalOfTextNeverRefusesWhatFits() throws RequestRejectedException {
    int longest = GoldenEngine.MODEL.tokenizer().longestTokenBytes();
    for (String unit : List.of(" ", "assistant", "\u6709", "0")) {
      String text = unit.repeat(4000 / unit.length());
      int tokens = GoldenEngine.MODEL.tokenizer().encode(text).length;
      assertThat(tokens).isGreaterThanOrEqualTo(text.length() / longest);
    }
    prepare(preparer, text("a".repeat(3900)));
  }

  @Test
  void tooManyPatchesAreRefused() {
    RgbImage image = new RgbImage(560, 560, new byte[560 * 560 * 3]);
    ContentPart[] parts = new ContentPart[11];
    Arrays.fill(parts, new ContentPart.Image(image));
    assertThatThrownBy(() -> prepare(preparer, parts))
        .hasMessageContaining("17600 patches")
        .hasMessageContaining("maxPatchesPerRequest 16384");
  }

  @Test
  void anImageThatTheModelCannotTakeIsRefusedByNumber() {
    RgbImage wide = new RgbImage(100_000, 1, new byte[300_000]);
    assertThatThrownBy(() -> prepare(preparer, text("x"), new ContentPart.Image(wide)))
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("image 1 of 100000 x 1 pixels");
  }

  @Test
  void idsOutsideTheVocabularyAndWrongMediaCountsAreRefused() {
    int media = GoldenEngine.MODEL.config().mediaTokenId();
    assertRefused("prompt has the id -1", new int[] {1, -1}, 4);
    assertRefused("prompt has the id 768", new int[] {768}, 4);
    assertRefused("resumeTokens has the id 900", new int[] {1}, 4, 900);
    assertRefused("1 media tokens, its 0 images need 0", new int[] {1, media}, 4);
    assertRefused("at least one token", new int[0], 4);
    assertRefused("resumeTokens has 2 tokens, more than maxNewTokens 1", new int[] {1}, 1, 2, 3);
    assertThatThrownBy(
            () -> preparer.prepare(new GenerationRequest("x", List.of(), GREEDY, 1, new int[0])))
        .hasMessageContaining("at least one message");
  }

  @Test
  void limitsMustBePositive() {
    assertThatThrownBy(() -> new EngineLimits(1, 1, 0, 1, 1, 1))
        .hasMessageContaining("maxTokensPerStep must be at least 1: 0");
  }

  private void assertRefused(String reason, int[] prompt, int max, int... resume) {
    assertThatThrownBy(
            () ->
                preparer.prepare(
                    "x", prompt, List.of(), GREEDY, max, resume, null, KnownFeatures.NONE))
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining(reason);
  }

  private static RequestPreparer preparer(EngineLimits limits) {
    return new RequestPreparer(GoldenEngine.MODEL.engineModel(), limits);
  }

  private static ContentPart text(String text) {
    return new ContentPart.Text(text);
  }

  private static TokenizedRequest prepare(RequestPreparer preparer, ContentPart... parts)
      throws RequestRejectedException {
    Message message = new Message("user", List.of(parts));
    return preparer.prepare(new GenerationRequest("x", List.of(message), GREEDY, 16, new int[0]));
  }
}
