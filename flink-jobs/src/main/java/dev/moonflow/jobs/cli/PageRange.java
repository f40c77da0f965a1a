package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages to read.
 *
 * @param first from 1
 * @param last at least {@code first}
 */
record PageRange(int first, int last) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

  /**
   * Takes {@code 3} or {@code 2-5} apart; null is every page.
   *
   * @throws UserException if it has another form or names pages that are not there
   */
  static PageRange parse(String text, int count) {
    if (text == null) {
      return new PageRange(1, count);
    }
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new UserException("--pages needs a number or FROM-TO, got \"" + text + "\".");
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    if (first < 1 || last < first || last > count) {
      throw new UserException(
          "--pages must lie in 1 to " + count + " for this file, got \"" + text + "\".");
    }
    return new PageRange(first, last);
  }
}
