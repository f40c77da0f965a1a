package dev.moonflow.jobs.cli.console;

/**
 * Text that is safe to print: no control character, no half of a surrogate pair and nothing that
 * turns the writing direction reaches the terminal. What is not printable is written as an escape,
 * for example {@code \x1b} or {@code \u202e}.
 */
public final class PrintableText {
  private PrintableText() {}

  /** One line: every run of white space becomes one blank, the rest is escaped where need be. */
  public static String oneLine(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean blank = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isBlank(c)) {
        blank = out.length() > 0;
        continue;
      }
      if (blank) {
        out.append(' ');
        blank = false;
      }
      append(out, c);
    }
    return out.toString();
  }

  /** Several lines: line feeds and tabs stay, everything else is escaped where need be. */
  public static String lines(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\n' || c == '\t') {
        out.appendCodePoint(c);
      } else {
        append(out, c);
      }
    }
    return out.toString();
  }

  /** {@link #oneLine} cut to a number of terminal columns; a cut is shown by an ellipsis. */
  public static String fit(String text, int columns) {
    String line = oneLine(text);
    if (DisplayWidth.of(line) <= columns) {
      return line;
    }
    StringBuilder out = new StringBuilder();
    int used = 0;
    for (int i = 0; i < line.length(); ) {
      int c = line.codePointAt(i);
      int width = DisplayWidth.of(c);
      if (used + width > columns - 1) {
        break;
      }
      out.appendCodePoint(c);
      used += width;
      i += Character.charCount(c);
    }
    return out.append('…').toString();
  }

  /** {@link #fit} filled up with blanks to exactly {@code columns}. */
  public static String pad(String text, int columns) {
    String fitted = fit(text, columns);
    return fitted + " ".repeat(Math.max(0, columns - DisplayWidth.of(fitted)));
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\u00a0';
  }

  private static void append(StringBuilder out, int c) {
    if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else if (c < 0x100) {
      out.append(String.format("\\x%02x", c));
    } else if (c < 0x10000) {
      out.append(String.format("\\u%04x", c));
    } else {
      out.append(String.format("\\u{%x}", c));
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
