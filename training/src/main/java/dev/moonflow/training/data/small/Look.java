package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.print.FontPicker;
import dev.moonflow.training.data.render.Inks;
import java.awt.Color;
import java.awt.Font;

/**
 * How a small picture is written.
 *
 * @param font of its text
 * @param pitch distance of baselines in pixels
 */
record Look(Font font, Color ink, Color paper, double pitch) {
  /** Height of the em in pixels at most. */
  static final double EM_MAX = 27;

  /**
   * A random look.
   *
   * @param text all characters that will be drawn
   */
  static Look pick(Draw draw, FontPicker fonts, String text) {
    double em = draw.uniform(19, EM_MAX);
    Font font = fonts.pick(draw, em, text);
    Inks inks = draw.chance(0.7) ? new Inks(Color.BLACK, Color.WHITE) : readable(draw);
    return new Look(font, inks.ink(), inks.paper(), em * draw.uniform(1.15, 1.5));
  }

  private static Inks readable(Draw draw) {
    Inks inks = Inks.pick(draw);
    while (Math.abs(Inks.luminance(inks.ink()) - Inks.luminance(inks.paper())) < 130) {
      inks = Inks.pick(draw);
    }
    return inks;
  }

  double em() {
    return font.getSize2D();
  }

  /** The same at another size. */
  Look scaled(double factor) {
    return new Look(
        font.deriveFont((float) (font.getSize2D() * factor)), ink, paper, pitch * factor);
  }
}
