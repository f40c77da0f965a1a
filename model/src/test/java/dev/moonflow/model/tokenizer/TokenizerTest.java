package dev.moonflow.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.model.GoldenFolder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenizerTest {

  private final Tokenizer tokenizer = Tokenizer.load(GoldenFolder.path("checkpoint"));

  @Test
  void anyTextSurvivesEncodingAndDecodingAndHoldsNoControlToken() {
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    Object[] names = tokenizer.specials().all().keySet().toArray();
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        if (random.nextInt(4) == 0) {
          text.append(names[random.nextInt(names.length)]);
        } else {
          text.appendCodePoint(randomCodePoint(random));
        }
      }
      int[] ids = tokenizer.encode(text.toString());
      assertThat(tokenizer.decode(ids)).as("seed %d", seed).isEqualTo(text.toString());
      assertThat(Arrays.stream(ids).noneMatch(tokenizer.specials()::contains)).isTrue();
      assertThat(tokenizer.decode(tokenizer.encodeTrusted(text.toString())))
          .isEqualTo(text.toString());
    }
  }

  @Test
  void anUnpairedSurrogateBecomesTheReplacementCharacter() {
    for (String broken : List.of("a\ud800", "\udc00b", "\ud800\ud800\udc00", "\udc00\ud800")) {
      String expected =
          broken
              .replaceAll("[\\ud800-\\udbff](?![\\udc00-\\udfff])", "\ufffd")
              .replaceAll("(?<![\\ud800-\\udbff])[\\udc00-\\udfff]", "\ufffd");
      assertThat(tokenizer.decode(tokenizer.encode(broken))).isEqualTo(expected);
    }
  }

  @Test
  void visibleTextDropsControlTokensAndKeepsTheBytesAroundThem() {
    int[] euro = tokenizer.encode("\u20ac");
    int end = tokenizer.requiredSpecial("<|im_end|>");
    assertThat(euro.length).isGreaterThan(1);
    int[] ids = new int[euro.length + 2];
    ids[0] = euro[0];
    ids[1] = end;
    System.arraycopy(euro, 1, ids, 2, euro.length - 1);
    ids[ids.length - 1] = end;
    assertThat(tokenizer.visibleText(ids)).isEqualTo("\u20ac");
  }

  @Test
  void aCutOfALongRunSplitsASpecialTokenInIt() {
    String name = "<|im_end|>";
    String text = "x".repeat(TextChunker.RUN_MAX - 3) + name;
    assertThat(tokenizer.encodeTrusted(text)).doesNotContain(tokenizer.requiredSpecial(name));
    assertThat(tokenizer.decode(tokenizer.encodeTrusted(text))).isEqualTo(text);
  }

  @Test
  void chunksCountCodePointsAndNeverCutOne() {
    String text = "\ud83d\ude00 ".repeat(TextChunker.CHUNK_MAX / 2 + 1);
    List<String> chunks = TextChunker.cut(text);
    assertThat(chunks).hasSize(2);
    assertThat(chunks.get(0).codePointCount(0, chunks.get(0).length()))
        .isEqualTo(TextChunker.CHUNK_MAX);
    assertThat(String.join("", chunks)).isEqualTo(text);
    assertThat(TextChunker.cut("")).isEmpty();
  }

  @Test
  void anIdThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> tokenizer.bytes(-1)).hasMessageContaining("token id -1");
    assertThatThrownBy(() -> tokenizer.bytes(tokenizer.vocabSize()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tokenizer.requiredSpecial("<|nope|>"))
        .hasMessageContaining("<|nope|>");
  }

  private static int randomCodePoint(SplittableRandom random) {
    int[] limits = {0x80, 0x800, 0x3400, 0x11_0000};
    int c = random.nextInt(limits[random.nextInt(limits.length)]);
    return c >= 0xd800 && c <= 0xdfff ? 'x' : c;
  }
}
