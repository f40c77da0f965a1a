package dev.moonflow.training.data.print;

import dev.moonflow.training.data.Draw;
import java.awt.Font;

/** Where the fonts of a drawing come from. */
@FunctionalInterface
public interface FontPicker {
  /**
   * A random font that has all characters of a text.
   *
   * @param pixels height of the em
   */
  Font pick(Draw draw, double pixels, String text);
}
