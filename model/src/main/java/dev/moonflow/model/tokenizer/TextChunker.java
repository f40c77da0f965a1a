package dev.moonflow.model.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts long text before it is tokenised (SPEC section 3.5, steps 1 and 2), so that no piece is
 * unbounded. Lengths count code points.
 */
final class TextChunker {

  /** Code points of a chunk at most. */
  static final int CHUNK_MAX = 400_000;

  /** Code points of a run of only white space, or of none, at most. */
  static final int RUN_MAX = 25_000;

  private TextChunker() {}

  /** The chunks in order; together they are the text; none for an empty text. */
  static List<String> cut(String text) {
    List<String> chunks = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = text.length() - start <= CHUNK_MAX ? text.length() : endOfChunk(text, start);
      cutRuns(text.substring(start, end), chunks);
      start = end;
    }
    return chunks;
  }

  private static int endOfChunk(String text, int start) {
    int end = start;
    for (int count = 0; count < CHUNK_MAX && end < text.length(); count++) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static void cutRuns(String chunk, List<String> chunks) {
    int start = 0;
    int run = 0;
    boolean space = isSpace(chunk.codePointAt(0));
    int codePoint;
    for (int at = 0; at < chunk.length(); at += Character.charCount(codePoint)) {
      codePoint = chunk.codePointAt(at);
      if (isSpace(codePoint) != space) {
        space = !space;
        run = 1;
      } else if (++run > RUN_MAX) {
        chunks.add(chunk.substring(start, at));
        start = at;
        run = 1;
      }
    }
    chunks.add(chunk.substring(start));
  }

  /** Python's {@code str.isspace} of one character: White_Space and U+001C to U+001F. */
  static boolean isSpace(int c) {
    return (c >= 0x09 && c <= 0x0d)
        || (c >= 0x1c && c <= 0x20)
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }
}
