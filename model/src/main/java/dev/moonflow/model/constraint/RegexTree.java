package dev.moonflow.model.constraint;

import java.util.List;

/** A regular expression, read. */
sealed interface RegexTree {
  /** One character of a set. */
  record Chars(CodePoints set) implements RegexTree {}

  /** All of them, one after the other; none at all is the empty text. */
  record Sequence(List<RegexTree> parts) implements RegexTree {}

  /** One of them. */
  record Either(List<RegexTree> parts) implements RegexTree {}

  /**
   * A part several times.
   *
   * @param max {@link #ENDLESS} for any number
   */
  record Repeat(RegexTree part, int min, int max) implements RegexTree {
    static final int ENDLESS = -1;
  }
}
