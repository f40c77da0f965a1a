package dev.moonflow.connectors.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;

/** What a file of no known type looks like, for the message that refuses it. */
final class ForeignContent {
  private static final int TEXT_SAMPLE_BYTES = 512;
  private static final int QUOTED_CHARACTERS = 24;
  private static final int QUOTED_BYTES = 8;

  private ForeignContent() {}

  /** A verb phrase: {@code is text beginning with "hello"}. */
  static String describe(FirstBytes file) {
    if (file.has(4, "ftypheic") || file.has(4, "ftypmif1") || file.has(4, "ftypavif")) {
      return "is an HEIF or AVIF image";
    }
    if (file.has(4, "ftyp") || file.startWith(0x1A, 0x45, 0xDF, 0xA3)) {
      return "is a video, whose frames have a topic of their own";
    }
    if (file.has(0, "PK\3\4")) {
      return "is a ZIP archive or an office document";
    }
    if (file.startWith(0x1F, 0x8B)) {
      return "is compressed with gzip";
    }
    String text = asText(file.bytes());
    if (text != null) {
      String start = text.strip().replaceAll("\\s+", " ");
      return "is text beginning with \""
          + start.substring(0, Math.min(QUOTED_CHARACTERS, start.length()))
          + "\"";
    }
    byte[] bytes = file.bytes();
    return "begins with the bytes "
        + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(QUOTED_BYTES, bytes.length));
  }

  /** The first characters if they are all printable UTF-8, else null. */
  private static String asText(byte[] bytes) {
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    int length = Math.min(bytes.length, TEXT_SAMPLE_BYTES);
    CharBuffer characters = CharBuffer.allocate(length);
    // The sample may end within a character: that is no error as long as more would follow.
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes, 0, length), characters, false);
    characters.flip();
    boolean printable = characters.chars().noneMatch(c -> c < ' ' && !Character.isWhitespace(c));
    return result.isError() || !printable ? null : characters.toString();
  }
}
