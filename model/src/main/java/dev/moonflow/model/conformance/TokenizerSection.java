package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.checkpoint.GenerationConfig;
import dev.moonflow.model.engine.StopTokens;
import dev.moonflow.model.tokenizer.StreamingUtf8Decoder;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Text to ids and back: pieces, byte-pair ids, long runs, control tokens, decoding. */
final class TokenizerSection implements Section {
  private static final String STRINGS = "tokenizer/pretokenizer_and_bpe.json";
  private static final String SPECIALS = "tokenizer/special_tokens.json";
  private static final String DECODE = "tokenizer/decode.json";

  @Override
  public String name() {
    return "tokenizer";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    if (!golden.hasAll(report, "checkpoint/tiktoken.model")) {
      return;
    }
    Tokenizer tokenizer = Tokenizer.load(golden.checkpoint());
    if (golden.hasAll(report, STRINGS)) {
      strings(tokenizer, golden.json(STRINGS).path("cases"), report);
      longRuns(tokenizer, golden.json(STRINGS).path("long_run_cases"), report);
    }
    if (golden.hasAll(report, SPECIALS)) {
      GenerationConfig generation =
          GenerationConfig.read(golden.checkpoint().resolve("generation_config.json"));
      specials(tokenizer, generation, golden.json(SPECIALS), report);
    }
    if (golden.hasAll(report, DECODE)) {
      decode(tokenizer, golden.json(DECODE), report);
    }
  }

  private static void strings(Tokenizer tokenizer, JsonNode cases, Report report) {
    List<String> pieces = new ArrayList<>();
    List<String> ordinary = new ArrayList<>();
    List<String> recognised = new ArrayList<>();
    for (JsonNode item : cases) {
      String text = item.path("text").asText();
      List<String> expected = new ArrayList<>();
      item.path("pieces").forEach(piece -> expected.add(piece.asText()));
      expectEqual(text, tokenizer.pieces(text), expected, pieces);
      expectIds(text, tokenizer.encode(text), item.path("ids_ordinary"), ordinary);
      expectIds(text, tokenizer.encodeTrusted(text), item.path("ids"), recognised);
    }
    report.table("pre-tokenizer pieces", cases.size(), pieces);
    report.table("ids, control tokens as text", cases.size(), ordinary);
    report.table("ids, control tokens recognised", cases.size(), recognised);
  }

  private static void longRuns(Tokenizer tokenizer, JsonNode cases, Report report) {
    List<String> chunks = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (JsonNode item : cases) {
      StringBuilder text = new StringBuilder();
      for (JsonNode run : item.path("repeat")) {
        text.append(run.get(0).asText().repeat(run.get(1).asInt()));
      }
      String title = item.path("repeat").toString();
      int[] lengths =
          tokenizer.chunks(text.toString()).stream()
              .mapToInt(chunk -> chunk.codePointCount(0, chunk.length()))
              .toArray();
      expectIds(title, lengths, item.path("run_lengths"), chunks);
      int[] encoded = tokenizer.encodeTrusted(text.toString());
      expectEqual(title, encoded.length, item.path("n_ids").asInt(), ids);
      expectEqual(title, Hashes.sha256(encoded), item.path("ids_sha256").asText(), ids);
    }
    report.table("lengths of chunks of long runs", cases.size(), chunks);
    report.table("ids of long runs", cases.size(), ids);
  }

  private static void specials(
      Tokenizer tokenizer, GenerationConfig generation, JsonNode golden, Report report) {
    report.equal(
        "base of control tokens", tokenizer.specials().base(), golden.path("base_vocab").asInt());
    report.equal(
        "size of the vocabulary", tokenizer.vocabSize(), golden.path("vocab_size").asInt());
    List<String> mismatches = new ArrayList<>();
    golden
        .path("special")
        .properties()
        .forEach(
            entry ->
                expectEqual(
                    entry.getKey(),
                    tokenizer.specials().id(entry.getKey()).orElse(-1),
                    entry.getValue().asInt(),
                    mismatches));
    report.table("control tokens", golden.path("special").size(), mismatches);
    if (golden.has("stop_ids")) {
      int[] expected = Arrays.stream(ints(golden.path("stop_ids"))).sorted().toArray();
      report.exact("stop ids", new StopTokens(tokenizer, generation).ids(), expected);
    }
  }

  private static void decode(Tokenizer tokenizer, JsonNode cases, Report report) {
    List<String> bytes = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<String> streams = new ArrayList<>();
    for (JsonNode item : cases) {
      int[] ids = ints(item.path("ids"));
      String title = Arrays.toString(ids);
      String expected = item.path("utf8_replace").asText();
      String hex = HexFormat.of().formatHex(tokenizer.bytes(ids));
      expectEqual(title, hex, item.path("bytes_hex").asText(), bytes);
      expectEqual(title, tokenizer.decode(ids), expected, texts);
      expectEqual(title, streamed(tokenizer, ids), expected, streams);
    }
    report.table("bytes of tokens", cases.size(), bytes);
    report.table("text of tokens", cases.size(), texts);
    report.table("text of tokens, one by one", cases.size(), streams);
  }

  private static String streamed(Tokenizer tokenizer, int[] ids) {
    StreamingUtf8Decoder decoder = new StreamingUtf8Decoder();
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(decoder.push(tokenizer.bytes(id)));
    }
    return text.append(decoder.finish()).toString();
  }

  static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asInt();
    }
    return values;
  }

  private static void expectIds(String title, int[] actual, JsonNode expected, List<String> into) {
    if (!Arrays.equals(actual, ints(expected))) {
      into.add(title + ": got " + Arrays.toString(actual) + ", expected " + expected);
    }
  }

  private static void expectEqual(String title, Object actual, Object expected, List<String> into) {
    if (!actual.equals(expected)) {
      into.add(title + ": got " + actual + ", expected " + expected);
    }
  }
}
