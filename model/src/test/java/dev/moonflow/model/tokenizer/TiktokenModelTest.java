package dev.moonflow.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.model.GoldenFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiktokenModelTest {

  @TempDir Path dir;

  @Test
  void writingWhatWasReadGivesTheSameFile() throws IOException {
    Path golden = GoldenFolder.path("checkpoint/tiktoken.model");
    TokenTable table = TiktokenModel.read(golden);
    List<byte[]> tokens = new ArrayList<>();
    for (int rank = 0; rank < table.size(); rank++) {
      tokens.add(table.bytes(rank));
    }
    TiktokenModel.write(dir.resolve("tiktoken.model"), tokens);
    assertThat(dir.resolve("tiktoken.model")).hasSameTextualContentAs(golden);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IQ== 0 | line 258 gives rank 0 a second token",
        "!!!! 256 | line 258 is not a base64 token",
        "IQ== | line 258 is not a base64 token",
        "IQ== x | line 258 is not a base64 token",
        "IQ== -1 | line 258 has rank -1",
        "IQ== 99999999 | line 258 has rank 99999999",
        "IQ== 257 | has no token of rank 256",
        "IQ== 256 | lists the token IQ== twice",
      })
  void aBadLineIsRefusedByNumber(String line, String reason) throws IOException {
    List<String> golden = Files.readAllLines(GoldenFolder.path("checkpoint/tiktoken.model"));
    List<String> lines = new ArrayList<>(golden.subList(0, 256));
    lines.add("");
    lines.add(line);
    Path file = Files.write(dir.resolve("tiktoken.model"), lines);
    assertThatThrownBy(() -> TiktokenModel.read(file))
        .hasMessageContaining("tiktoken.model")
        .hasMessageContaining(reason);
  }

  @Test
  void aVocabularyWithoutAByteIsRefused() throws IOException {
    List<String> lines = Files.readAllLines(GoldenFolder.path("checkpoint/tiktoken.model"));
    Path file = Files.write(dir.resolve("tiktoken.model"), lines.subList(0, 255));
    assertThatThrownBy(() -> TiktokenModel.read(file)).hasMessageContaining("single byte");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"511\": {\"content\": \"x\"}} ; must have an id from 512 to 767",
        "{\"768\": {\"content\": \"x\"}} ; must have an id from 512 to 767",
        "{\"-2147483648\": {\"content\": \"x\"}} ; must be keyed by an id",
        "{\"a\": {\"content\": \"x\"}} ; must be keyed by an id",
        "{\"600\": {}} ; 600.content must be a string",
        "{\"600\": {\"content\": \"\"}} ; must have a name",
        "{\"600\": {\"content\": \"x\"}, \"601\": {\"content\": \"x\"}} ; x names both 600 and 601",
        "{\"600\": {\"content\": \"<|reserved_token_601|>\"}} ; names both 600 and 601",
      })
  void aBadSpecialTokenIsRefused(String decoder, String reason) throws IOException {
    Path file = dir.resolve("tokenizer_config.json");
    Files.writeString(file, "{\"added_tokens_decoder\": " + decoder + "}");
    assertThatThrownBy(() -> SpecialTokens.read(file, 512))
        .hasMessageContaining("tokenizer_config.json")
        .hasMessageContaining(reason);
  }
}
