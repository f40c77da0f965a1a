package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.Page;
import dev.moonflow.training.data.render.PageStyle;
import dev.moonflow.training.data.text.Lexicon;
import dev.moonflow.training.data.text.Prose;
import dev.moonflow.training.data.text.Values;
import dev.moonflow.training.sample.Role;
import java.util.Locale;

/**
 * Long inputs with something to find in them. The attribute {@code needle_depth} says where, from 0
 * to 1; the length of text is a parameter of the generator, so that context can be grown.
 */
final class LongSamples {
  private final FontSet fonts;

  LongSamples(FontSet fonts) {
    this.fonts = fonts;
  }

  /** A number hidden in prose of about so many characters. */
  static void needle(Draw draw, SampleBuilder sample, int characters) {
    Prose prose = new Prose(draw);
    String place = draw.pick(Lexicon.PLACES);
    String number = Values.fill(draw, "999999");
    double depth = draw.uniform(0, 1);
    StringBuilder text = new StringBuilder();
    boolean hidden = false;
    while (text.length() < characters || !hidden) {
      if (!hidden && text.length() >= depth * characters) {
        text.append("The secret number of ").append(place).append(" is ").append(number);
        text.append(". ");
        hidden = true;
      }
      text.append(prose.sentence()).append(draw.chance(0.12) ? "\n\n" : " ");
    }
    sample.user(text.toString().strip() + "\n\nWhat is the secret number of " + place + "?");
    sample.assistant(number).answer(number).topic("long/text");
    sample.attribute("needle_depth", String.format(Locale.ROOT, "%.3f", depth));
    sample.attribute("characters", text.length());
  }

  /** A document of several pages; a question about one of them. */
  void document(Draw draw, SampleBuilder sample) {
    PageStyle style = PageStyle.pick(draw, fonts, draw.uniform(12, 14), 1);
    int width = draw.between(300, 420);
    int height = (int) (width * draw.uniform(0.7, 1.2));
    int pages = draw.between(4, 10);
    int at = draw.below(pages);
    String place = draw.pick(Lexicon.PLACES);
    String number = Values.fill(draw, "99999");
    for (int i = 0; i < pages; i++) {
      Page page = new Page(width, height, style);
      page.single("Page " + (i + 1), 0);
      if (i == at) {
        page.paragraph("The secret number of " + place + " is " + number + ".");
      }
      OcrSamples.fill(draw, page);
      sample.image(Role.USER, page.canvas().image());
    }
    boolean which = draw.chance(0.3);
    String answer = which ? Integer.toString(at + 1) : number;
    sample.user(
        which
            ? "On which page is the secret number of " + place + "?"
            : "What is the secret number of " + place + "?");
    sample.assistant(answer).answer(answer).topic("long/document");
    sample.attribute("pages", pages).attribute("needle_page", at + 1);
    sample.attribute("font", style.family());
  }
}
