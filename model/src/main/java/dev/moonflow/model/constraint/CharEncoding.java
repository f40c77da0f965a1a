package dev.moonflow.model.constraint;

import java.util.Locale;

/** How the characters of a pattern are written in the answer. */
enum CharEncoding {
  /** As they are, in UTF-8. */
  PLAIN {
    @Override
    void append(CodePoints set, ByteNfa nfa, int from, int to) {
      Utf8Ranges.append(set, nfa, from, to);
    }
  },
  /** As a JSON string has them: quotes, backslashes and control characters escaped. */
  JSON {
    @Override
    void append(CodePoints set, ByteNfa nfa, int from, int to) {
      Utf8Ranges.append(set.without(ESCAPED), nfa, from, to);
      for (int i = 0; i < ESCAPED.ranges(); i++) {
        for (int c = ESCAPED.first(i); c <= ESCAPED.last(i); c++) {
          if (set.contains(c)) {
            nfa.skip(nfa.text(from, escaped(c)), to);
          }
        }
      }
    }
  };

  private static final CodePoints ESCAPED =
      CodePoints.of(0, 0x1F).or(CodePoints.of('"', '"')).or(CodePoints.of('\\', '\\'));

  /** Adds the ways from one node to another that take one character of a set. */
  abstract void append(CodePoints set, ByteNfa nfa, int from, int to);

  /** A character as JSON escapes it, the short form where there is one. */
  private static String escaped(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, "\\u%04x", c);
    };
  }

  /** A text as a JSON string has it between its quotes. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (ESCAPED.contains(c)) {
                escaped.append(escaped(c));
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
