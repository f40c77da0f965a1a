package dev.moonflow.training.data.print;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.data.render.Page;
import dev.moonflow.training.data.render.PageStyle;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Held-out pages: A4 at 150 dots per inch, about 1,800 characters of headings, paragraphs and lists
 * in one or two columns, with the text of every line in reading order. Fonts and texts are looked
 * for when the first page is asked for.
 */
public final class PrintedPages implements Generator {
  /** Pixels of a row of an A4 page at 150 dots per inch. */
  public static final int WIDTH = 1240;

  /** Rows of an A4 page at 150 dots per inch. */
  public static final int HEIGHT = 1754;

  /** Characters of a page, line ends aside, within a line or so. */
  public static final int CHARACTERS = 1_800;

  private static final int DPI = 150;

  private final String name;
  private final boolean scanned;
  private FontPicker fonts;
  private SideText text;

  private PrintedPages(String name, boolean scanned) {
    this.name = name;
    this.scanned = scanned;
  }

  /** Clean pages, and pages as a scanner gives them back. */
  public static List<Generator> all() {
    return List.of(
        new PrintedPages("held-out-page", false), new PrintedPages("held-out-scanned-page", true));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Category category() {
    return Category.OCR;
  }

  @Override
  public boolean onlyByName() {
    return true;
  }

  private synchronized void open() {
    if (fonts == null) {
      text = SideText.of(Side.HELD_OUT);
      fonts = PrintFonts.of(Side.HELD_OUT);
    }
  }

  @Override
  public Sample generate(long seed, long index) {
    open();
    Draw draw = Draw.of(name, seed, index);
    int columns = draw.chance(0.25) ? 2 : 1;
    double points = columns == 2 ? draw.uniform(9.5, 11) : draw.uniform(10, 12.5);
    PageStyle style = style(draw, points, columns);
    Page page = new Page(WIDTH, HEIGHT, style);
    fill(draw, page);
    BufferedImage image =
        scanned ? scan(draw, page.canvas().image(), points) : page.canvas().image();
    List<Region> regions = new ArrayList<>();
    for (TextLine line : page.lines()) {
      regions.add(line.box().within(WIDTH, HEIGHT).region(0, line.text()));
    }
    return new Sample(
        name + "-" + Long.toHexString(seed) + "-" + index,
        Category.OCR,
        "ocr/page",
        name,
        seed,
        List.of(Images.png(Role.NONE, image), new Part.Text(Role.NONE, page.text())),
        scanned ? List.of() : regions,
        Optional.of(page.text()),
        Map.of(
            "font", style.family(),
            "points", String.format(Locale.ROOT, "%.1f", points),
            "dpi", Integer.toString(DPI),
            "columns", Integer.toString(columns)));
  }

  private PageStyle style(Draw draw, double points, int columns) {
    double em = points * DPI / 72;
    Font body = fonts.pick(draw, em, PrintFonts.CHARACTERS).deriveFont(Font.PLAIN);
    Font heading = body.deriveFont(Font.BOLD, (float) (em * draw.uniform(1.2, 1.6)));
    return new PageStyle(
        body,
        heading,
        Color.BLACK,
        Color.WHITE,
        draw.between(95, 150),
        draw.uniform(1.25, 1.5),
        columns);
  }

  /** Adds blocks until there are characters enough, or the page is full. */
  private void fill(Draw draw, Page page) {
    page.heading(text.words(draw, 30));
    int characters = page.text().length();
    while (characters < CHARACTERS && page.hasRoom()) {
      boolean fitted;
      switch (draw.weighted(70, 12, 18)) {
        case 0 -> {
          String paragraph =
              paragraph(draw, Math.min(CHARACTERS - characters, draw.between(200, 600)));
          fitted = page.paragraph(paragraph) >= paragraph.length();
        }
        case 1 -> fitted = page.heading(text.words(draw, 34));
        default -> {
          fitted = true;
          for (int i = draw.between(2, 5); i > 0; i--) {
            String item = draw.chance(0.5) ? text.words(draw, 30) : text.line(draw, 30);
            fitted &= page.single("- " + item, 10);
          }
          page.gap(0.6);
        }
      }
      characters = page.text().replace("\n", "").length();
      if (!fitted) {
        return;
      }
    }
  }

  private String paragraph(Draw draw, int characters) {
    StringBuilder paragraph = new StringBuilder(text.quotation(draw));
    while (paragraph.length() < characters) {
      paragraph.append(' ').append(text.quotation(draw));
    }
    int end = paragraph.indexOf(" ", Math.min(paragraph.length(), Math.max(1, characters)));
    return end < 0 ? paragraph.toString() : paragraph.substring(0, end);
  }

  /** A sheet that lies a little askew, with the faults of a scan. */
  private static BufferedImage scan(Draw draw, BufferedImage page, double points) {
    BufferedImage askew = Images.blank(WIDTH, HEIGHT);
    Graphics2D graphics = askew.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.rotate(Math.toRadians(draw.uniform(-1.2, 1.2)), WIDTH / 2.0, HEIGHT / 2.0);
    graphics.drawImage(page, 0, 0, null);
    graphics.dispose();
    return Degradation.scan(draw, askew, points * DPI / 72);
  }
}
