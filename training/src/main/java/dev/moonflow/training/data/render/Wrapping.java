package dev.moonflow.training.data.render;

import java.awt.Font;
import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of a width. */
public final class Wrapping {
  private Wrapping() {}

  /** The lines of a paragraph; a word that is too wide alone has a line of its own. */
  public static List<String> lines(String text, Font font, double width) {
    List<String> lines = new ArrayList<>();
    double space = Canvas.width(font, " ");
    StringBuilder line = new StringBuilder();
    double used = 0;
    for (String word : text.split("\\s+")) {
      double wide = Canvas.width(font, word);
      if (line.length() > 0 && used + space + wide > width) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      if (line.length() > 0) {
        line.append(' ');
        used += space;
      }
      line.append(word);
      used += wide;
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    return lines;
  }
}
