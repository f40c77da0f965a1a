package dev.moonflow.training.data.print;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.layout.PageResampler;
import dev.moonflow.model.layout.PageTransform;
import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.ProductPrompts;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.data.render.Inks;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Lines of print, cut from the page by the product's own resampler and asked about in the product's
 * own words: what the model sees in the pipeline. 8 to 24 points at 100 to 300 dots per inch.
 */
final class PrintedLines {
  /** Rows of a cut line: two patches. */
  static final int HEIGHT = 28;

  /** Pixels of its row at most: 48 media tokens. */
  static final int WIDTH_MAX = 48 * 28;

  /** Pixels of the em at most: more would only be scaled away again. */
  private static final double EM_MAX = 44;

  /** The pipeline's own question about a line comes first. */
  private static final List<String> PROMPTS =
      List.of(
          ProductPrompts.LINE,
          ProductPrompts.OCR,
          ProductPrompts.DOCUMENT,
          "Read the text.",
          "What does it say?");

  /**
   * What lines are made.
   *
   * @param side whose lines are drawn
   * @param scanned with a scanner's faults: skew, light, blur, noise, JPEG
   * @param asked in conversations; else image and text make a document
   * @param charactersMax of a line, at least 1
   */
  record Form(Side side, boolean scanned, boolean asked, int charactersMax) {}

  private final String name;
  private final Form form;
  private final PrintFonts fonts;
  private final LineText text;

  /** Lines of a form in these fonts, made of these texts. */
  PrintedLines(String name, PrintFonts fonts, EnglishText english, Form form) {
    this.name = name;
    this.form = form;
    this.fonts = fonts;
    this.text = new LineText(english);
  }

  /** One line; a pure function of both numbers. */
  Sample generate(long seed, long index) {
    Draw draw = Draw.of(name, seed, index);
    // Short lines are as frequent as long ones of prose: a page has both.
    int few = Math.min(20, form.charactersMax());
    int characters =
        draw.chance(0.35) ? draw.between(1, few) : draw.between(few, form.charactersMax());
    String line = text.line(draw, characters);
    while (Side.of(line) != form.side()) { // what one side may say, the other never does
      line = text.line(draw, characters);
    }
    double points = draw.chance(0.7) ? draw.uniform(8, 13) : draw.uniform(13, 24);
    int dpi = draw.pick(100, 120, 150, 150, 200, 200, 240, 300);
    Font font = fonts.pick(draw, Math.min(EM_MAX, points * dpi / 72), line);
    BufferedImage image = cut(draw, line, font);
    return new Sample(
        name + "-" + Long.toHexString(seed) + "-" + index,
        Category.OCR,
        "ocr/line",
        name,
        seed,
        form.asked() ? conversation(draw, image, line) : document(image, line),
        List.of(),
        Optional.of(line),
        Map.of(
            "font", font.getFamily(Locale.ROOT),
            "style", style(font),
            "points", String.format(Locale.ROOT, "%.1f", points),
            "dpi", Integer.toString(dpi)));
  }

  private static List<Part> conversation(Draw draw, BufferedImage image, String line) {
    String prompt = draw.chance(0.7) ? PROMPTS.get(0) : draw.pick(PROMPTS);
    return List.of(
        Images.png(Role.USER, image),
        new Part.Text(Role.USER, prompt),
        new Part.Text(Role.ASSISTANT, line));
  }

  private static List<Part> document(BufferedImage image, String line) {
    return List.of(Images.png(Role.NONE, image), new Part.Text(Role.NONE, line));
  }

  /** Draws the line among its neighbours and cuts it out. */
  private BufferedImage cut(Draw draw, String line, Font font) {
    double em = font.getSize2D();
    double leading = em * draw.uniform(1.12, 1.7);
    Box ink = Canvas.ink(font, line);
    int width = (int) Math.ceil(Math.min(8_000, ink.width() + 3 * em));
    int height = (int) Math.ceil(3.4 * leading);
    Inks inks = draw.chance(0.7) ? new Inks(Color.BLACK, Color.WHITE) : Inks.pick(draw);
    Canvas canvas = new Canvas(width, height, inks.paper());
    double baseline = 2 * leading;
    double left = 1.5 * em - ink.left();
    if (form.scanned() && draw.chance(0.35)) {
      double skew = Math.toRadians(draw.uniform(-0.6, 0.6) * Math.min(1, 20 * em / width));
      canvas.graphics().rotate(skew, width / 2.0, baseline);
    }
    Box box = canvas.text(line, font, inks.ink(), left, baseline);
    if (draw.chance(0.4)) {
      canvas.text(text.line(draw, line.length() + 1), font, inks.ink(), left, baseline - leading);
    }
    if (draw.chance(0.4)) {
      canvas.text(text.line(draw, line.length() + 1), font, inks.ink(), left, baseline + leading);
    }
    BufferedImage page =
        form.scanned() ? Degradation.scan(draw, canvas.image(), em) : canvas.image();
    return image(resample(draw, page, box, em));
  }

  /** Cuts around the ink; a layout step's box is off by a pixel or so, or as high as the font. */
  private static RgbImage resample(Draw draw, BufferedImage page, Box ink, double em) {
    double above = draw.chance(0.3) ? draw.uniform(0, 0.25) * em : 0;
    double below = draw.chance(0.3) ? draw.uniform(0, 0.25) * em : 0;
    int left = (int) Math.max(0, ink.left() + draw.between(-2, 1));
    int top = (int) Math.max(0, ink.top() - above + draw.between(-1, 1));
    int right = (int) Math.min(page.getWidth(), Math.ceil(ink.right()) + draw.between(-1, 2));
    int bottom =
        (int) Math.min(page.getHeight(), Math.ceil(ink.bottom() + below) + draw.between(-1, 1));
    if (bottom - top < 3 || right - left < 2) {
      // A full stop or a dash: its own height says nothing, the line's does.
      left = Math.max(0, left - 2);
      right = Math.max(right, left) + 2;
      top = (int) Math.max(0, ink.bottom() - 0.7 * em);
      bottom = top + (int) Math.ceil(em);
    }
    dev.moonflow.model.layout.Box box = new dev.moonflow.model.layout.Box(left, top, right, bottom);
    PageTransform straight = PageTransform.identity(page.getWidth(), page.getHeight());
    return new PageResampler(Degradation.rgb(page), straight).line(box, HEIGHT, WIDTH_MAX);
  }

  private static BufferedImage image(RgbImage rgb) {
    BufferedImage image = Images.blank(rgb.width(), rgb.height());
    int[] pixels = Images.pixels(image);
    byte[] bytes = rgb.rgb();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] =
          (bytes[3 * i] & 0xff) << 16 | (bytes[3 * i + 1] & 0xff) << 8 | (bytes[3 * i + 2] & 0xff);
    }
    return image;
  }

  private static String style(Font font) {
    return font.isPlain()
        ? "regular"
        : font.isBold() ? font.isItalic() ? "bold italic" : "bold" : "italic";
  }
}
