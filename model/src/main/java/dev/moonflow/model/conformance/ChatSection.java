package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.chat.ChatTemplate;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Conversations to prompts: the rendered text, the media tokens of each image, the ids. */
final class ChatSection implements Section {
  private static final String CHAT = "tokenizer/chat.json";

  @Override
  public String name() {
    return "chat";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    if (!golden.hasAll(report, CHAT, "checkpoint/config.json", "checkpoint/tiktoken.model")) {
      return;
    }
    KimiVlConfig config = KimiVlConfig.read(golden.checkpoint().resolve("config.json"));
    Tokenizer tokenizer = Tokenizer.load(golden.checkpoint());
    ChatTemplate template = new ChatTemplate(tokenizer, config.mediaTokenId());
    ImageProcessor images = new ImageProcessor(PreprocessorConfig.read(golden.checkpoint()));
    List<String> rendered = new ArrayList<>();
    List<String> media = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    JsonNode cases = golden.json(CHAT);
    for (JsonNode item : cases) {
      String title = item.path("case").asText();
      GoldenChat chat = GoldenChat.read(golden, item);
      boolean open = item.path("add_generation_prompt").asBoolean();
      if (!template.render(chat.messages(), open).equals(item.path("rendered").asText())) {
        rendered.add(title + ": got " + template.render(chat.messages(), open));
      }
      int[] mediaTokens =
          chat.images().stream()
              .mapToInt(image -> images.plan(image.width(), image.height()).mediaTokens())
              .toArray();
      if (!Arrays.equals(mediaTokens, TokenizerSection.ints(item.path("media_tokens")))) {
        media.add(title + ": got " + Arrays.toString(mediaTokens));
      }
      int[] actual = template.encode(chat.messages(), open, mediaTokens);
      if (!agrees(actual, item)) {
        ids.add(title + ": got " + actual.length + " ids that differ");
      }
    }
    report.table("rendered prompts", cases.size(), rendered);
    report.table("media tokens", cases.size(), media);
    report.table("ids of prompts", cases.size(), ids);
  }

  /** Long prompts are given by number and hash alone. */
  private static boolean agrees(int[] actual, JsonNode item) {
    JsonNode ids = item.path("input_ids");
    return actual.length == item.path("n_ids").asInt()
        && Hashes.sha256OfLongs(actual).equals(item.path("input_ids_sha256").asText())
        && (!ids.isArray() || Arrays.equals(actual, TokenizerSection.ints(ids)));
  }
}
