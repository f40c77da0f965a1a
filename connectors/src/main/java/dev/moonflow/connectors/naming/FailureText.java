package dev.moonflow.connectors.naming;

import java.util.regex.Pattern;

/** What a library says of its failure, and what events are quoted with, as a part of a sentence. */
public final class FailureText {
  private static final int LENGTH_MAX = 800;
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

  private FailureText() {}

  /**
   * The message of a failure in one printable line; where there is none, the kind of failure.
   * Libraries quote the bytes that they stumble over.
   */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return "the decoder failed with " + failure.getClass().getSimpleName();
    }
    String line = line(message).strip();
    return line.endsWith(": null") ? line.substring(0, line.length() - 4) + "none" : line;
  }

  /**
   * A text with every line break and every other control character as a blank, cut in its middle at
   * 800 characters.
   */
  public static String line(String text) {
    String cut =
        text.length() <= LENGTH_MAX
            ? text
            : text.substring(0, LENGTH_MAX / 2)
                + " … "
                + text.substring(text.length() - LENGTH_MAX / 4);
    if (cut.chars().noneMatch(Character::isISOControl)) {
      return cut;
    }
    String whole = LINE_BREAK.matcher(cut).replaceAll(" ");
    StringBuilder line = new StringBuilder(whole.length());
    whole.chars().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(c -> line.append((char) c));
    return line.toString();
  }
}
