package dev.moonflow.training.data.print;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.List;
import java.util.Locale;

/** What kind of type a family is. */
public enum FontClass {
  /** Strokes end in feet. */
  SERIF,
  /** Strokes end plainly. */
  SANS,
  /** All characters are equally wide. */
  MONO;

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  /** First words of the held-out designs with serifs, and parts of other names that tell. */
  private static final List<String> WITH_SERIFS =
      List.of("caladea", "eb", "linden", "vollkorn", "serif", "roman", "times", "slab", "bookman");

  /** The class of a family of this machine; of what no name tells, sans. */
  public static FontClass of(String family) {
    Font font = new Font(family, Font.PLAIN, 100);
    double narrow = font.getStringBounds("iiiii", CONTEXT).getWidth();
    double wide = font.getStringBounds("WWWWW", CONTEXT).getWidth();
    if (Math.abs(narrow - wide) < 1) {
      return MONO;
    }
    String lower = family.toLowerCase(Locale.ROOT);
    if (lower.contains("sans")) {
      return SANS;
    }
    List<String> words = List.of(lower.split(" "));
    return WITH_SERIFS.stream().anyMatch(words::contains) ? SERIF : SANS;
  }

  /** In lower case, for reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
