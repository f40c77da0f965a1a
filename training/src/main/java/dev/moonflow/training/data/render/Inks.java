package dev.moonflow.training.data.render;

import dev.moonflow.training.data.Draw;
import java.awt.Color;

/** Colours of ink and paper that can be told apart. */
public record Inks(Color ink, Color paper) {
  private static final double CONTRAST_MIN = 110;

  /** Mostly dark on light, sometimes coloured, sometimes light on dark. */
  public static Inks pick(Draw draw) {
    return switch (draw.weighted(45, 35, 12, 8)) {
      case 0 -> new Inks(grey(draw, 0, 40), Color.WHITE);
      case 1 -> new Inks(grey(draw, 0, 90), light(draw));
      case 2 -> new Inks(grey(draw, 220, 255), dark(draw));
      default -> coloured(draw);
    };
  }

  private static Inks coloured(Draw draw) {
    while (true) {
      Color ink = any(draw);
      Color paper = any(draw);
      if (Math.abs(luminance(ink) - luminance(paper)) >= CONTRAST_MIN) {
        return new Inks(ink, paper);
      }
    }
  }

  /** Any colour. */
  public static Color any(Draw draw) {
    return new Color(draw.below(256), draw.below(256), draw.below(256));
  }

  /** A pale one. */
  public static Color light(Draw draw) {
    int base = draw.between(225, 255);
    return new Color(
        base - draw.between(0, 20), base - draw.between(0, 20), base - draw.between(0, 30));
  }

  /** A dark one. */
  public static Color dark(Draw draw) {
    return new Color(draw.below(80), draw.below(80), draw.below(90));
  }

  private static Color grey(Draw draw, int low, int high) {
    int value = draw.between(low, high);
    return new Color(value, value, value);
  }

  /** Brightness from 0 to 255. */
  public static double luminance(Color color) {
    return 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue();
  }
}
