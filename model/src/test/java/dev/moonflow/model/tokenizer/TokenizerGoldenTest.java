package dev.moonflow.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.model.GoldenFolder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TokenizerGoldenTest {

  private final Tokenizer tokenizer = Tokenizer.load(GoldenFolder.path("checkpoint"));

  @TestFactory
  List<DynamicTest> stringsAreCutAndEncodedAsTheReferenceDoes() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode item : GoldenFolder.json("tokenizer/pretokenizer_and_bpe.json").path("cases")) {
      String text = item.path("text").asText();
      tests.add(
          DynamicTest.dynamicTest(
              "case " + tests.size(),
              () -> {
                List<String> pieces = new ArrayList<>();
                item.path("pieces").forEach(p -> pieces.add(p.asText()));
                assertThat(PreTokenizer.split(text)).isEqualTo(pieces);
                assertThat(tokenizer.encode(text))
                    .containsExactly(GoldenFolder.ints(item.path("ids_ordinary")));
                assertThat(tokenizer.encodeTrusted(text))
                    .containsExactly(GoldenFolder.ints(item.path("ids")));
                assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
                assertThat(tokenizer.decode(tokenizer.encodeTrusted(text))).isEqualTo(text);
              }));
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests;
  }

  @TestFactory
  List<DynamicTest> longRunsAreChunkedAndEncodedAsTheReferenceDoes() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode item :
        GoldenFolder.json("tokenizer/pretokenizer_and_bpe.json").path("long_run_cases")) {
      StringBuilder text = new StringBuilder();
      item.path("repeat").forEach(r -> text.append(r.get(0).asText().repeat(r.get(1).intValue())));
      tests.add(
          DynamicTest.dynamicTest(
              item.path("repeat").toString(),
              () -> {
                int[] lengths =
                    TextChunker.cut(text.toString()).stream()
                        .mapToInt(c -> c.codePointCount(0, c.length()))
                        .toArray();
                assertThat(lengths).containsExactly(GoldenFolder.ints(item.path("run_lengths")));
                int[] ids = tokenizer.encodeTrusted(text.toString());
                assertThat(ids).hasSize(item.path("n_ids").intValue());
                assertThat(sha256(ids)).isEqualTo(item.path("ids_sha256").asText());
              }));
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  @Test
  void everySpecialTokenHasItsIdAndName() {
    JsonNode golden = GoldenFolder.json("tokenizer/special_tokens.json");
    assertThat(tokenizer.vocabSize()).isEqualTo(golden.path("vocab_size").intValue());
    assertThat(tokenizer.specials().base()).isEqualTo(golden.path("base_vocab").intValue());
    Map<String, Integer> all = tokenizer.specials().all();
    assertThat(golden.path("special")).hasSize(all.size());
    for (Map.Entry<String, JsonNode> entry : golden.path("special").properties()) {
      assertThat(all).containsEntry(entry.getKey(), entry.getValue().intValue());
      assertThat(tokenizer.encodeTrusted(entry.getKey()))
          .containsExactly(entry.getValue().intValue());
      assertThat(Arrays.stream(tokenizer.encode(entry.getKey())))
          .noneMatch(tokenizer.specials()::contains);
    }
  }

  @Test
  void tokensDecodeToTheReferenceBytesAndText() {
    JsonNode golden = GoldenFolder.json("tokenizer/decode.json");
    assertThat(golden).isNotEmpty();
    for (JsonNode item : golden) {
      int[] ids = GoldenFolder.ints(item.path("ids"));
      assertThat(HexFormat.of().formatHex(tokenizer.bytes(ids)))
          .isEqualTo(item.path("bytes_hex").asText());
      assertThat(tokenizer.decode(ids)).isEqualTo(item.path("utf8_replace").asText());
      StreamingUtf8Decoder streaming = new StreamingUtf8Decoder();
      StringBuilder text = new StringBuilder();
      for (int id : ids) {
        text.append(streaming.push(tokenizer.bytes(id)));
      }
      assertThat(text + streaming.finish()).isEqualTo(item.path("utf8_replace").asText());
    }
  }

  private static String sha256(int[] ids) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(4 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(ids);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }
}
