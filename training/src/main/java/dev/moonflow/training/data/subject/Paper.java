package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.render.Box;
import java.util.List;

/**
 * A drawn piece of paperwork.
 *
 * @param kind such as {@code invoice}
 * @param drawing its pixels and lines, in reading order
 * @param fields what can be asked for
 * @param summary one sentence
 * @param problem a question about it that takes steps
 */
public record Paper(
    String kind, Drawing drawing, List<Field> fields, String summary, Question problem) {
  /**
   * A value on it.
   *
   * @param name as in {@code What is the NAME?}
   * @param box where the value is
   */
  public record Field(String name, String value, Box box) {}

  /** Its text, a line each. */
  public String text() {
    return String.join("\n", drawing.lines().stream().map(line -> line.text()).toList());
  }
}
