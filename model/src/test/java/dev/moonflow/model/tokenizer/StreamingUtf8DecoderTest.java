package dev.moonflow.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamingUtf8DecoderTest {

  // Likely starts, continuations and boundary bytes, so that malformed sequences are common.
  private static final int[] BYTES = {
    0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xee, 0xf0, 0xf1,
    0xf4, 0xf5, 0xff
  };

  @Test
  void howeverTheBytesAreCutTheTextIsTheSame() {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 5000; round++) {
      byte[] bytes = new byte[random.nextInt(24)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) BYTES[random.nextInt(BYTES.length)];
      }
      StreamingUtf8Decoder decoder = new StreamingUtf8Decoder();
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + random.nextInt(4));
        text.append(decoder.push(Arrays.copyOfRange(bytes, at, end)));
        at = end;
      }
      text.append(decoder.finish());
      assertThat(text.toString())
          .as("seed %d, bytes %s", seed, HexFormat.of().formatHex(bytes))
          .isEqualTo(StreamingUtf8Decoder.decode(bytes))
          .isEqualTo(reference(bytes));
    }
  }

  @Test
  void everyCodePointComesOutWithItsLastByteAndNotBefore() {
    for (int c = 0; c <= 0x10ffff; c += c < 0x1000 ? 1 : 37) {
      if (c >= 0xd800 && c <= 0xdfff) {
        continue;
      }
      String text = Character.toString(c);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      StreamingUtf8Decoder decoder = new StreamingUtf8Decoder();
      for (int i = 0; i + 1 < bytes.length; i++) {
        assertThat(decoder.push(new byte[] {bytes[i]})).isEmpty();
        assertThat(decoder.holdsBack()).isTrue();
      }
      assertThat(decoder.push(new byte[] {bytes[bytes.length - 1]})).isEqualTo(text);
      assertThat(decoder.finish()).isEmpty();
    }
  }

  // The counts are those of Python's bytes.decode("utf-8", "replace").
  @ParameterizedTest
  @CsvSource({
    "eda080, 3",
    "c080, 2",
    "e08080, 3",
    "f0808080, 4",
    "f4908080, 4",
    "f5, 1",
    "e282, 1",
    "f09f98, 1",
    "e28241, 1",
    "f09f41, 1",
    "80, 1",
    "ffff, 2"
  })
  void malformedSequencesCountAsThePythonDecoderCountsThem(String hex, int replacements) {
    String text = StreamingUtf8Decoder.decode(HexFormat.of().parseHex(hex));
    assertThat(text.chars().filter(c -> c == '\ufffd').count()).isEqualTo(replacements);
  }

  /** At each position the longest well-formed prefix of a sequence, tried by re-encoding. */
  private static String reference(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int whole = wholeSequence(bytes, at);
      if (whole > 0) {
        text.append(new String(bytes, at, whole, StandardCharsets.UTF_8));
        at += whole;
      } else {
        int part = 1;
        while (part < 3 && at + part < bytes.length && isPrefix(bytes, at, part + 1)) {
          part++;
        }
        text.append('\ufffd');
        at += part;
      }
    }
    return text.toString();
  }

  private static int wholeSequence(byte[] bytes, int at) {
    for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
      byte[] sequence = Arrays.copyOfRange(bytes, at, at + length);
      String text = new String(sequence, StandardCharsets.UTF_8);
      if (text.codePointCount(0, text.length()) == 1
          && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), sequence)) {
        return length;
      }
    }
    return 0;
  }

  /** Whether some continuation bytes complete these bytes to one character. */
  private static boolean isPrefix(byte[] bytes, int at, int length) {
    for (int total = length + 1; total <= 4; total++) {
      for (int fill : new int[] {0x80, 0x90, 0xa0, 0xbf}) {
        byte[] sequence = Arrays.copyOfRange(bytes, at, at + total);
        Arrays.fill(sequence, length, total, (byte) fill);
        if (wholeSequence(sequence, 0) == total) {
          return true;
        }
      }
    }
    return false;
  }
}
