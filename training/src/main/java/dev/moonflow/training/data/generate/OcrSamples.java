package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.Inks;
import dev.moonflow.training.data.render.Page;
import dev.moonflow.training.data.render.PageStyle;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.text.Lines;
import dev.moonflow.training.data.text.Prose;
import java.awt.Font;

/** Images of text with the text: words, lines, blocks, pages. A region for every line. */
final class OcrSamples {
  private static final int LINE_CHARACTERS_MAX = 60;

  private final FontSet fonts;

  OcrSamples(FontSet fonts) {
    this.fonts = fonts;
  }

  /** One word. */
  void word(Draw draw, SampleBuilder sample) {
    single(draw, sample, Lines.word(draw));
    sample.topic("ocr/word");
  }

  /** One line of at most 60 characters. */
  void line(Draw draw, SampleBuilder sample) {
    single(draw, sample, Lines.line(draw, draw.between(8, LINE_CHARACTERS_MAX)));
    sample.topic("ocr/line");
  }

  private void single(Draw draw, SampleBuilder sample, String text) {
    Font font = fonts.pick(draw, draw.uniform(14, 34));
    Inks inks = Inks.pick(draw);
    Box ink = Canvas.ink(font, text);
    double em = font.getSize2D();
    double left = draw.uniform(0.15, 0.8) * em;
    double top = draw.uniform(0.15, 0.6) * em;
    int width = (int) Math.ceil(ink.width() + left + draw.uniform(0.15, 0.8) * em);
    int height = (int) Math.ceil(ink.height() + top + draw.uniform(0.15, 0.6) * em);
    Canvas canvas = new Canvas(width, height, inks.paper());
    Box box = canvas.text(text, font, inks.ink(), left - ink.left(), top - ink.top());
    sample.image(canvas).region(box, text).text(text);
    sample.attribute("font", FontSet.family(font)).attribute("font_pixels", Math.round(em));
  }

  /** A few lines of one paragraph or of unconnected lines. */
  void block(Draw draw, SampleBuilder sample) {
    double size = draw.uniform(12, 22);
    PageStyle style = PageStyle.pick(draw, fonts, size, 1);
    int width = draw.between(180, 520);
    int lines = draw.between(2, 9);
    int height =
        2 * style.margin()
            + 1
            + (int) Math.ceil(lines * style.body().getSize2D() * style.leading());
    Page page = new Page(width, height, style);
    if (draw.chance(0.6)) {
      page.paragraph(new Prose(draw).paragraph(lines * 2));
    } else {
      int characters = (int) ((width - 2 * style.margin()) / (size * 0.65));
      while (page.single(Lines.line(draw, Math.max(4, characters)), 0)) {
        page.gap(draw.chance(0.1) ? 0.3 : 0);
      }
    }
    sample.topic("ocr/block");
    add(sample, page, style);
  }

  /** A page of headings and paragraphs in one or two columns. */
  void page(Draw draw, SampleBuilder sample) {
    double size = draw.uniform(11, 16);
    PageStyle style = PageStyle.pick(draw, fonts, size, draw.chance(0.3) ? 2 : 1);
    int width = draw.between(420, 760);
    Page page = new Page(width, (int) (width * draw.uniform(0.8, 1.42)), style);
    fill(draw, page);
    sample.topic("ocr/page").attribute("columns", style.columns());
    add(sample, page, style);
  }

  /** A document of several pages, an image and its text each. */
  void pages(Draw draw, SampleBuilder sample) {
    PageStyle style = PageStyle.pick(draw, fonts, draw.uniform(11, 15), 1);
    int width = draw.between(360, 560);
    int height = (int) (width * draw.uniform(0.9, 1.42));
    int count = draw.between(2, 4);
    for (int i = 1; i <= count; i++) {
      Page page = new Page(width, height, style);
      page.single("Page " + i + " of " + count, 0);
      page.gap(0.5);
      fill(draw, page);
      add(sample, page, style);
    }
    sample.topic("ocr/document").attribute("pages", count);
  }

  /** Fills a page with headings, paragraphs and lists. */
  static void fill(Draw draw, Page page) {
    Prose prose = new Prose(draw);
    page.heading(prose.heading());
    while (page.hasRoom()) {
      switch (draw.weighted(60, 15, 15)) {
        case 0 -> {
          String text = prose.paragraph(draw.between(2, 6));
          if (page.paragraph(text) < text.length()) {
            return;
          }
        }
        case 1 -> {
          if (!page.heading(prose.heading())) {
            return;
          }
        }
        default -> {
          for (int i = draw.between(2, 5); i > 0; i--) {
            if (!page.single("- " + Lines.line(draw, 28), 8)) {
              return;
            }
          }
          page.gap(0.5);
        }
      }
    }
  }

  private static void add(SampleBuilder sample, Page page, PageStyle style) {
    sample.image(page.canvas());
    for (TextLine line : page.lines()) {
      sample.region(line.box(), line.text());
    }
    sample.text(page.text()).attribute("font", style.family());
    sample.attribute("font_pixels", Math.round(style.body().getSize2D()));
  }
}
