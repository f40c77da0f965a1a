package dev.moonflow.model.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.chat.ChatTemplate;
import dev.moonflow.model.conformance.ReportLine.Outcome;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays a folder whose single bytes have other ranks and whose control tokens begin elsewhere:
 * the golden folder with every id renamed.
 */
class OtherTokenizerFolderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 41;
  private static final int MORE_TOKENS = 7;

  @TempDir private Path folder;
  private final GoldenFolder golden = GoldenReplay.folder();
  private final Tokenizer original = Tokenizer.load(golden.checkpoint());
  private final int base = original.specials().base();
  private final List<Integer> byteRanks = new ArrayList<>();

  @BeforeEach
  void rename() throws IOException {
    for (int rank = 0; rank < 256; rank++) {
      byteRanks.add(rank);
    }
    Collections.shuffle(byteRanks, new Random(SEED));
    Files.createDirectories(folder.resolve("checkpoint"));
    Files.createDirectories(folder.resolve("tokenizer"));
    Files.createDirectories(folder.resolve("images"));
    try (var images = Files.list(golden.path("images"))) {
      for (Path image : images.toList()) {
        Files.copy(image, folder.resolve("images").resolve(image.getFileName()));
      }
    }
    renameCheckpoint();
    renameStrings();
    renameSpecials();
    renameDecode();
    renameChat();
  }

  @Test
  void everyLinePasses() {
    assertThat(run(new TokenizerSection())).isZero();
    assertThat(run(new ChatSection())).isZero();
  }

  @Test
  void oneWrongIdFailsItsLineAlone() throws IOException {
    ObjectNode strings = (ObjectNode) read("tokenizer/pretokenizer_and_bpe.json");
    ArrayNode ids = (ArrayNode) strings.path("cases").get(1).path("ids");
    ids.set(0, ids.get(0).asInt() + 1);
    write("tokenizer/pretokenizer_and_bpe.json", strings);
    assertThat(run(new TokenizerSection())).isEqualTo(1);
    ArrayNode chat = (ArrayNode) read("tokenizer/chat.json");
    ((ObjectNode) chat.get(0)).put("input_ids_sha256", "00");
    ((ObjectNode) chat.get(1)).put("rendered", "other");
    write("tokenizer/chat.json", chat);
    assertThat(run(new ChatSection())).isEqualTo(2);
  }

  private int run(Section section) {
    Report report = new Report(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      ConformanceRunner.run(section, new GoldenFolder(folder), kernels, report);
    }
    assertThat(report.count(Outcome.SKIP)).isZero();
    assertThat(report.count(Outcome.PASS)).isPositive();
    return report.count(Outcome.FAIL);
  }

  /** The new name of an id. */
  private int map(int id) {
    return id < 256 ? byteRanks.get(id) : id < base ? id : id + MORE_TOKENS;
  }

  private int[] map(int[] ids) {
    return Arrays.stream(ids).map(this::map).toArray();
  }

  private ArrayNode map(JsonNode ids) {
    ArrayNode mapped = JSON.createArrayNode();
    ids.forEach(id -> mapped.add(map(id.asInt())));
    return mapped;
  }

  private void renameCheckpoint() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(golden.checkpoint().resolve("tiktoken.model"))) {
      String[] parts = line.split(" ");
      lines.add(parts[0] + " " + map(Integer.parseInt(parts[1])));
    }
    for (int i = 0; i < MORE_TOKENS; i++) {
      byte[] token = ("\u0001never" + i).getBytes(StandardCharsets.UTF_8);
      lines.add(Base64.getEncoder().encodeToString(token) + " " + (base + i));
    }
    Files.write(folder.resolve("checkpoint/tiktoken.model"), lines);
    ObjectNode tokenizer = (ObjectNode) golden.json("checkpoint/tokenizer_config.json");
    ObjectNode decoder = JSON.createObjectNode();
    tokenizer
        .path("added_tokens_decoder")
        .properties()
        .forEach(e -> decoder.set("" + map(Integer.parseInt(e.getKey())), e.getValue()));
    tokenizer.set("added_tokens_decoder", decoder);
    write("checkpoint/tokenizer_config.json", tokenizer);
    ObjectNode generation = (ObjectNode) golden.json("checkpoint/generation_config.json");
    generation.set("eos_token_id", map(generation.path("eos_token_id")));
    write("checkpoint/generation_config.json", generation);
    ObjectNode config = (ObjectNode) golden.json("checkpoint/config.json");
    int vocab = original.vocabSize() + MORE_TOKENS;
    config.put("vocab_size", vocab);
    ((ObjectNode) config.path("text_config")).put("vocab_size", vocab);
    config.put(
        "media_placeholder_token_id", map(config.path("media_placeholder_token_id").asInt()));
    write("checkpoint/config.json", config);
    write(
        "checkpoint/preprocessor_config.json", golden.json("checkpoint/preprocessor_config.json"));
  }

  private void renameStrings() throws IOException {
    ObjectNode strings = (ObjectNode) golden.json("tokenizer/pretokenizer_and_bpe.json");
    for (JsonNode item : strings.path("cases")) {
      ((ObjectNode) item).set("ids_ordinary", map(item.path("ids_ordinary")));
      ((ObjectNode) item).set("ids", map(item.path("ids")));
    }
    for (JsonNode item : strings.path("long_run_cases")) {
      StringBuilder text = new StringBuilder();
      item.path("repeat").forEach(r -> text.append(r.get(0).asText().repeat(r.get(1).asInt())));
      int[] ids = map(original.encodeTrusted(text.toString()));
      ((ObjectNode) item).put("ids_sha256", Hashes.sha256(ids));
    }
    write("tokenizer/pretokenizer_and_bpe.json", strings);
  }

  private void renameSpecials() throws IOException {
    ObjectNode specials = (ObjectNode) golden.json("tokenizer/special_tokens.json");
    specials.put("base_vocab", base + MORE_TOKENS);
    specials.put("vocab_size", original.vocabSize() + MORE_TOKENS);
    specials.set("stop_ids", map(specials.path("stop_ids")));
    ObjectNode names = JSON.createObjectNode();
    specials
        .path("special")
        .properties()
        .forEach(
            e -> {
              int id = e.getValue().asInt();
              names.put(e.getKey().replace("token_" + id, "token_" + map(id)), map(id));
            });
    specials.set("special", names);
    write("tokenizer/special_tokens.json", specials);
  }

  private void renameDecode() throws IOException {
    ArrayNode cases = (ArrayNode) golden.json("tokenizer/decode.json");
    cases.forEach(item -> ((ObjectNode) item).set("ids", map(item.path("ids"))));
    write("tokenizer/decode.json", cases);
  }

  private void renameChat() throws IOException {
    ChatTemplate template = new ChatTemplate(original, original.requiredSpecial("<|media_pad|>"));
    ArrayNode cases = (ArrayNode) golden.json("tokenizer/chat.json");
    for (JsonNode item : cases) {
      int[] ids =
          template.encode(
              GoldenChat.read(golden, item).messages(),
              item.path("add_generation_prompt").asBoolean(),
              TokenizerSection.ints(item.path("media_tokens")));
      ((ObjectNode) item).put("input_ids_sha256", Hashes.sha256OfLongs(map(ids)));
      if (item.path("input_ids").isArray()) {
        ((ObjectNode) item).set("input_ids", map(item.path("input_ids")));
      }
    }
    write("tokenizer/chat.json", cases);
  }

  private JsonNode read(String file) throws IOException {
    return JSON.readTree(Files.readAllBytes(folder.resolve(file)));
  }

  private void write(String file, JsonNode node) throws IOException {
    JSON.writeValue(folder.resolve(file).toFile(), node);
  }
}
