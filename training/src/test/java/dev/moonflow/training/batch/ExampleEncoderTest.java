package dev.moonflow.training.batch;

import static dev.moonflow.training.batch.BatchFixture.image;
import static dev.moonflow.training.batch.BatchFixture.sample;
import static dev.moonflow.training.batch.BatchFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ChatTemplate;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleEncoderTest {
  @TempDir static Path folder;
  static BatchFixture fixture;

  @BeforeAll
  static void write() throws IOException {
    fixture = new BatchFixture(folder);
  }

  @Test
  void documentLearnsItsTextAndItsEndButNoImage() throws RefusedExampleException {
    Example example =
        fixture.encoder.encode(
            sample("d", text(Role.NONE, "Look: "), image(Role.NONE, 56, 28), text(Role.NONE, "!")));
    assertThat(fixture.learnt(example)).isEqualTo("Look: ![EOS]");
    assertThat(fixture.tokenizer.decode(example.tokens()))
        .isEqualTo(
            "Look: <|media_start|>image<|media_content|><|media_pad|><|media_pad|><|media_end|>"
                + "![EOS]");
    assertThat(example.patches()).isEqualTo(8);
  }

  @Test
  void conversationsAreThePromptsOfInferenceTokenByToken() throws RefusedExampleException {
    ChatTemplate template = new ChatTemplate(fixture.tokenizer, fixture.mediaTokenId);
    List<String> words =
        List.of("What is it?", " the <|im_end|> of", "\n\n12345", " déjà 語", "'ll I", " ");
    for (int seed = 0; seed < 40; seed++) {
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < 1 + seed % 7; i++) {
        Role role = Role.values()[1 + (int) Math.floorMod(KeyedHash.bits(seed, i), 3L)];
        int kind = (int) Math.floorMod(KeyedHash.bits(seed, 100 + i), 7L);
        parts.add(kind == 6 ? image(role, 28 + seed, 28) : text(role, words.get(kind)));
      }
      parts.add(text(Role.ASSISTANT, "yes"));
      Sample sample = sample("s" + seed, parts.toArray(Part[]::new));
      Example example = fixture.encoder.encode(sample);
      int[] media =
          example.images().stream()
              .mapToInt(m -> m.end() - m.start() - 4 - imageWord() + 1)
              .toArray();
      assertThat(example.tokens())
          .as("seed %d", seed)
          .isEqualTo(template.encode(messages(sample), false, media));
    }
  }

  private static int imageWord() {
    return fixture.tokenizer.encode("image").length;
  }

  private static List<Message> messages(Sample sample) {
    List<Message> messages = new ArrayList<>();
    List<ContentPart> open = new ArrayList<>();
    for (int i = 0; i < sample.parts().size(); i++) {
      Part part = sample.parts().get(i);
      if (part instanceof Part.Text text) {
        open.add(new ContentPart.Text(text.text()));
      } else if (part instanceof Part.Image image) {
        DecodedImage pixels = BatchFixture.pixels(image.width(), image.height(), 3);
        open.add(
            new ContentPart.Image(new RgbImage(pixels.width(), pixels.height(), pixels.rgb())));
      }
      if (i + 1 == sample.parts().size() || sample.parts().get(i + 1).role() != part.role()) {
        messages.add(new Message(part.role().name().toLowerCase(Locale.ROOT), open));
        open = new ArrayList<>();
      }
    }
    return messages;
  }

  @Test
  void conversationLearnsTheAnswersAndTheirEndsAlone() throws RefusedExampleException {
    Example example =
        fixture.encoder.encode(
            sample(
                "c",
                text(Role.SYSTEM, "Be kind."),
                text(Role.USER, "One?"),
                text(Role.ASSISTANT, "Two."),
                text(Role.USER, "Three?"),
                text(Role.ASSISTANT, "Four.")));
    assertThat(fixture.learnt(example)).isEqualTo("Two.<|im_end|>Four.<|im_end|>");
  }

  @Test
  void ignoredPartIsNotLearntEvenWhereATokenCrossesIt() throws RefusedExampleException {
    Part[] parts = {text(Role.ASSISTANT, "the tot"), text(Role.ASSISTANT, "al of this")};
    Example whole = fixture.encoder.encode(sample("w", parts));
    Example part = fixture.encoder.encode(sample("p", Map.of("ignore", "0"), parts));
    assertThat(part.tokens()).isEqualTo(whole.tokens());
    assertThat(fixture.learnt(whole)).isEqualTo("the total of this<|im_end|>");
    assertThat(fixture.learnt(part)).isSubstringOf("al of this<|im_end|>").endsWith("<|im_end|>");
    assertThat(fixture.learnt(part)).contains(" this");
  }

  @Test
  void cutGoesAroundAnImage() throws RefusedExampleException {
    Example example =
        fixture.encoder.encode(
            sample("d", text(Role.NONE, "Look: "), image(Role.NONE, 56, 28), text(Role.NONE, "!")));
    Example.Media media = example.images().get(0);
    Example cut = example.cut(media.end() - 1);
    assertThat(cut.length()).isEqualTo(media.start());
    assertThat(cut.images()).isEmpty();
    assertThat(example.cut(media.end()).images()).hasSize(1);
  }

  @Test
  void whatCannotBeUsedIsRefusedWithItsReason() {
    assertRefused(
        Refusal.MALFORMED,
        "sample m has parts with and parts without a role",
        sample("m", text(Role.NONE, "a"), text(Role.USER, "b")));
    assertRefused(
        Refusal.NOTHING_LEARNT, "sample u has no token", sample("u", text(Role.USER, "Hello?")));
    Part.Image good = image(Role.NONE, 56, 28);
    assertRefused(
        Refusal.BAD_IMAGE,
        "declared as 57 x 28 pixels and has 56 x 28",
        sample("i", new Part.Image(Role.NONE, good.encoded(), 57, 28), text(Role.NONE, "a")));
    assertRefused(
        Refusal.BAD_IMAGE,
        "an image of sample j cannot be read",
        sample("j", new Part.Image(Role.NONE, new byte[9], 56, 28), text(Role.NONE, "a")));
  }

  private static void assertRefused(Refusal refusal, String words, Sample sample) {
    assertThatThrownBy(() -> fixture.encoder.encode(sample))
        .isInstanceOfSatisfying(
            RefusedExampleException.class, e -> assertThat(e.refusal()).isEqualTo(refusal))
        .hasMessageContaining(words);
  }
}
