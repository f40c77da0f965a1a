package dev.moonflow.model;

import java.util.regex.Pattern;

/** Messages that quote files and people: one printable line, whatever they quote. */
public final class OneLine {
  private static final int LENGTH_MAX = 800;
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

  private OneLine() {}

  /**
   * The text with every line break and every other control character as a blank, cut in its middle
   * at 800 characters.
   */
  public static String of(String text) {
    String whole = text == null ? "" : text;
    String cut =
        whole.length() <= LENGTH_MAX
            ? whole
            : whole.substring(0, LENGTH_MAX / 2)
                + " … "
                + whole.substring(whole.length() - LENGTH_MAX / 4);
    if (cut.chars().noneMatch(Character::isISOControl)) {
      return cut;
    }
    String joined = LINE_BREAK.matcher(cut).replaceAll(" ");
    StringBuilder line = new StringBuilder(joined.length());
    joined
        .chars()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(c -> line.append((char) c));
    return line.toString();
  }
}
