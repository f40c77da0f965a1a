package dev.moonflow.training.data.render;

import dev.moonflow.training.data.Draw;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fonts that examples are drawn with: the machine's own ones that have all of basic Latin, and
 * Liberation Sans, which PDFBox brings along. A machine without fonts has the latter, or at worst
 * Java's logical font.
 */
public final class FontSet {
  private static final Logger LOG = LoggerFactory.getLogger(FontSet.class);
  private static final String LIBERATION =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final String NEEDED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;!?'\"()[]-/&%$#@+*=€£é";

  private static final List<String> COMMON =
      List.of(
          "Arimo",
          "Caladea",
          "Carlito",
          "Courier Prime",
          "Cousine",
          "DejaVu Sans",
          "DejaVu Sans Mono",
          "DejaVu Serif",
          "FreeMono",
          "FreeSans",
          "FreeSerif",
          "Gelasio",
          "Lato",
          "Liberation Mono",
          "Liberation Sans",
          "Liberation Serif",
          "Noto Sans",
          "Noto Serif",
          "Open Sans",
          "Roboto",
          "Tinos",
          "Ubuntu");

  /** Names of Java for other fonts: the same shapes again. */
  private static final Set<String> LOGICAL =
      Set.of("Dialog", "DialogInput", "Monospaced", "SansSerif", "Serif");

  private static final class Available {
    static final FontSet INSTANCE = new FontSet(machine());
  }

  private final List<Font> fonts;

  private FontSet(List<Font> fonts) {
    this.fonts = List.copyOf(fonts);
  }

  /** Everything there is, in the order of names. */
  public static FontSet available() {
    return Available.INSTANCE;
  }

  /** Faces of everyday documents, where they are; everything there is on other machines. */
  public static FontSet common() {
    return of(COMMON);
  }

  /**
   * Those of these families that there are; all that there are if there are none of them.
   *
   * @param families such as {@code DejaVu Serif}; an empty list stands for all
   */
  public static FontSet of(List<String> families) {
    List<Font> chosen =
        available().fonts.stream().filter(font -> families.contains(family(font))).toList();
    if (chosen.isEmpty() && !families.isEmpty()) {
      LOG.warn("None of the fonts {} is here; {} are used.", families, available().families());
    }
    return chosen.isEmpty() ? available() : new FontSet(chosen);
  }

  private static List<Font> machine() {
    List<Font> found = new ArrayList<>();
    try {
      String[] names =
          GraphicsEnvironment.getLocalGraphicsEnvironment()
              .getAvailableFontFamilyNames(Locale.ROOT);
      for (String name : names) {
        Font font = new Font(name, Font.PLAIN, 16);
        if (!LOGICAL.contains(name) && isText(font)) {
          found.add(font);
        }
      }
    } catch (RuntimeException | Error e) {
      // A machine without fontconfig fails here in several ways.
      LOG.warn("The machine's fonts cannot be listed: {}", e.toString());
    }
    found.removeIf(font -> family(font).startsWith("Liberation Sans"));
    bundled().ifPresent(found::add);
    if (found.isEmpty()) {
      found.add(new Font(Font.DIALOG, Font.PLAIN, 16));
    }
    return found;
  }

  private static java.util.Optional<Font> bundled() {
    try (InputStream in = FontSet.class.getResourceAsStream(LIBERATION)) {
      return in == null
          ? java.util.Optional.empty()
          : java.util.Optional.of(Font.createFont(Font.TRUETYPE_FONT, in));
    } catch (IOException | FontFormatException | RuntimeException e) {
      LOG.warn("The bundled font cannot be read: {}", e.toString());
      return java.util.Optional.empty();
    }
  }

  /** Whether a font has letters and is no set of mathematical or other symbols. */
  private static boolean isText(Font font) {
    String name = family(font).toLowerCase(Locale.ROOT);
    return font.canDisplayUpTo(NEEDED) == -1 && !name.contains("math") && !name.contains("symbol");
  }

  /** Names of all families. */
  public List<String> families() {
    return fonts.stream().map(FontSet::family).toList();
  }

  /** The family of a font, as examples record it. */
  public static String family(Font font) {
    return font.getFamily(Locale.ROOT);
  }

  /**
   * A font of random family and style.
   *
   * @param size height of the em in pixels; rounded, so that Java2D can keep drawn glyphs
   */
  public Font pick(Draw draw, double size) {
    Font font = draw.pick(fonts);
    int style =
        switch (draw.weighted(70, 15, 10, 5)) {
          case 1 -> Font.BOLD;
          case 2 -> Font.ITALIC;
          case 3 -> Font.BOLD | Font.ITALIC;
          default -> Font.PLAIN;
        };
    return font.deriveFont(style, (float) Math.rint(size));
  }

  /** An upright font of random family. */
  public Font pickPlain(Draw draw, double size) {
    return draw.pick(fonts).deriveFont(Font.PLAIN, (float) Math.rint(size));
  }

  /** A font whose characters are equally wide, if there is one. */
  public Font pickMonospaced(Draw draw, double size) {
    List<Font> mono =
        fonts.stream()
            .filter(font -> family(font).toLowerCase(Locale.ROOT).contains("mono"))
            .toList();
    return mono.isEmpty()
        ? pickPlain(draw, size)
        : draw.pick(mono).deriveFont(Font.PLAIN, (float) Math.rint(size));
  }
}
