package dev.moonflow.training.data.print;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.sample.SampleException;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fonts for print, by type family: every style and width of a design is one, so that a held-out
 * design is held out whole. A design is drawn first, then one of its families, so that one with
 * forty weights counts no more than one with a single one.
 */
public final class PrintFonts implements FontPicker {
  /** Characters that a font must have: printable ASCII and the common symbols beside it. */
  public static final String CHARACTERS = characters();

  /** First words of the designs kept for judging: serif, sans and monospaced. */
  private static final List<String> HELD_OUT =
      List.of(
          "Anonymous",
          "Caladea",
          "Cantarell",
          "Courier",
          "EB",
          "JetBrains",
          "Karla",
          "Lato",
          "Linden",
          "Vollkorn");

  /** Designs and styles that are not what pages are printed in. */
  private static final List<String> NOT_PRINT =
      List.of(
          "math",
          "symbol",
          "unifont",
          "klingon",
          "fraktur",
          "great vibes",
          "z003",
          "chancery",
          "chorus",
          "abogado",
          "caps",
          "dunhill",
          "unslanted",
          "hairline",
          "thin",
          "extralight",
          "extra light",
          "ultralight",
          "ultra light",
          "bebas",
          "titling",
          "script",
          "style",
          "dialog",
          "discord",
          "monofur",
          "3270",
          "solothurn",
          " sc",
          "smallcaps",
          "flowers",
          "uncial",
          "keyboard",
          "initials",
          "ntxsups");

  /** Designs drawn after held-out ones: Carlito after Lato, Cambo beside Caladea. */
  private static final List<String> AKIN_TO_HELD_OUT = List.of("Carlito", "Cambo");

  private static final List<String> LOGICAL = List.of("Monospaced", "SansSerif", "Serif");
  private static final int DESIGNS_MIN = 20;

  /** A bold or italic face may lack what the upright one has. */
  private static final int TRIES = 8;

  private final List<List<String>> designs;

  private PrintFonts(List<List<String>> designs) {
    this.designs = designs;
  }

  /**
   * The fonts of this machine on one side.
   *
   * @throws SampleException if there are too few to learn from: naming what to install
   */
  public static PrintFonts of(Side side) {
    Map<String, List<String>> byDesign = new TreeMap<>();
    for (String family :
        GraphicsEnvironment.getLocalGraphicsEnvironment()
            .getAvailableFontFamilyNames(Locale.ROOT)) {
      if (isPrint(family) && sideOf(family) == side) {
        byDesign.computeIfAbsent(design(family), d -> new ArrayList<>()).add(family);
      }
    }
    int needed = side == Side.TRAINING ? DESIGNS_MIN : 1;
    if (byDesign.size() < needed) {
      throw new SampleException(
          String.format(
              "%d type designs are installed for the %s side and %d are needed; install more of"
                  + " Debian's fonts-* packages, such as fonts-dejavu, fonts-liberation2,"
                  + " fonts-freefont-ttf, fonts-urw-base35, fonts-texgyre, fonts-lato,"
                  + " fonts-crosextra-caladea, fonts-ebgaramond and fonts-vollkorn",
              byDesign.size(), side, needed));
    }
    return new PrintFonts(List.copyOf(byDesign.values()));
  }

  private static boolean isPrint(String family) {
    String lower = family.toLowerCase(Locale.ROOT);
    return !LOGICAL.contains(family)
        && NOT_PRINT.stream().noneMatch(lower::contains)
        && !AKIN_TO_HELD_OUT.contains(design(family))
        && new Font(family, Font.PLAIN, 16).canDisplayUpTo(CHARACTERS) == -1;
  }

  /** The side of a family: decided by its design's name alone. */
  public static Side sideOf(String family) {
    return HELD_OUT.contains(design(family)) ? Side.HELD_OUT : Side.TRAINING;
  }

  /** The design: the family's first word, which designs share with their widths and weights. */
  static String design(String family) {
    int space = family.indexOf(' ');
    return space < 0 ? family : family.substring(0, space);
  }

  /** All families. */
  public List<String> families() {
    return designs.stream().flatMap(List::stream).toList();
  }

  /** Number of designs. */
  public int designs() {
    return designs.size();
  }

  /**
   * A font of random design, family and style that has all characters of a text.
   *
   * @param pixels height of the em
   */
  @Override
  public Font pick(Draw draw, double pixels, String text) {
    Font font = pick(draw, pixels);
    for (int i = 0; i < TRIES && font.canDisplayUpTo(text) != -1; i++) {
      font = pick(draw, pixels);
    }
    return font;
  }

  private Font pick(Draw draw, double pixels) {
    String family = draw.pick(draw.pick(designs));
    int style =
        switch (draw.weighted(62, 18, 14, 6)) {
          case 1 -> Font.BOLD;
          case 2 -> Font.ITALIC;
          case 3 -> Font.BOLD | Font.ITALIC;
          default -> Font.PLAIN;
        };
    return new Font(family, style, 16).deriveFont((float) pixels);
  }

  private static String characters() {
    StringBuilder all = new StringBuilder();
    for (char c = ' '; c <= '~'; c++) {
      all.append(c);
    }
    return all.append("\u20ac\u00a3\u00a7\u00b0\u2013\u2014\u201c\u201d\u2018\u2019").toString();
  }
}
