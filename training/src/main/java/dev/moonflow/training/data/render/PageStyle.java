package dev.moonflow.training.data.render;

import dev.moonflow.training.data.Draw;
import java.awt.Color;
import java.awt.Font;

/**
 * How a page looks.
 *
 * @param body font of paragraphs
 * @param heading font of headings
 * @param ink colour of text
 * @param paper colour of the page
 * @param margin pixels around the text
 * @param leading distance of baselines, in sizes of the font
 * @param columns columns of text
 */
public record PageStyle(
    Font body, Font heading, Color ink, Color paper, int margin, double leading, int columns) {

  /**
   * A random look.
   *
   * @param size of the body's font in pixels
   */
  public static PageStyle pick(Draw draw, FontSet fonts, double size, int columns) {
    Font body = fonts.pickPlain(draw, size);
    Font heading =
        (draw.chance(0.6) ? body : fonts.pickPlain(draw, size))
            .deriveFont(Font.BOLD, (float) (size * draw.uniform(1.15, 1.7)));
    Inks inks = Inks.pick(draw);
    return new PageStyle(
        body,
        heading,
        inks.ink(),
        inks.paper(),
        (int) (size * draw.uniform(1, 2.5)),
        draw.uniform(1.2, 1.6),
        columns);
  }

  /** The family of the body's font. */
  public String family() {
    return FontSet.family(body);
  }
}
