package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.Draw;
import java.awt.Color;

/** Colours that everybody has a word for. */
public enum NamedColor {
  RED(214, 39, 40),
  GREEN(44, 150, 50),
  BLUE(31, 80, 200),
  YELLOW(245, 215, 30),
  ORANGE(250, 140, 20),
  PURPLE(130, 50, 160),
  PINK(245, 130, 180),
  BROWN(130, 80, 40),
  GREY(128, 128, 128),
  BLACK(15, 15, 15),
  CYAN(40, 200, 210);

  private static final int SPREAD = 12;
  private final Color color;

  NamedColor(int red, int green, int blue) {
    color = new Color(red, green, blue);
  }

  /** The word. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The colour itself. */
  public Color color() {
    return color;
  }

  /** A shade of it. */
  public Color shade(Draw draw) {
    return new Color(
        moved(color.getRed(), draw), moved(color.getGreen(), draw), moved(color.getBlue(), draw));
  }

  private static int moved(int value, Draw draw) {
    return Math.max(0, Math.min(255, value + draw.between(-SPREAD, SPREAD)));
  }
}
