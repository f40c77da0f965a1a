package dev.moonflow.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.GoldenFolder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeLearnerTest {

  @Test
  void bytesStandInTheOrderOfPublishedVocabularies() {
    TokenTable golden = TiktokenModel.read(GoldenFolder.path("checkpoint/tiktoken.model"));
    byte[] order = TokenizerWriter.bytesByRank();
    for (int rank = 0; rank < 256; rank++) {
      assertThat(golden.bytes(rank)).containsExactly(order[rank]);
    }
  }

  @Test
  void theMostFrequentPairComesFirstAndMergesNeverCrossPieces() {
    List<byte[]> tokens = MergeLearner.learn("abab abab cdcd xy", 4);
    assertThat(tokens.subList(256, tokens.size()).stream().map(MergeLearnerTest::text))
        .containsExactly("ab", "cd", "abab");
  }

  @Test
  void everyLearntTokenDiffers() {
    List<byte[]> tokens = MergeLearner.learn("aaaaa aaaa aaa abcabc bcabca cabcab ".repeat(3), 50);
    assertThat(tokens.stream().map(MergeLearnerTest::text)).doesNotHaveDuplicates();
    assertThat(new TokenTable(tokens).size()).isEqualTo(tokens.size());
  }

  private static String text(byte[] token) {
    return new String(token, StandardCharsets.ISO_8859_1);
  }
}
