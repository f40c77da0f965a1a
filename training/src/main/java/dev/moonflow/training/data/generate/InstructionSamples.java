package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.Inks;
import dev.moonflow.training.data.render.Page;
import dev.moonflow.training.data.render.PageStyle;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.ChartData;
import dev.moonflow.training.data.subject.Drawing;
import dev.moonflow.training.data.subject.FlowDiagram;
import dev.moonflow.training.data.subject.Paper;
import dev.moonflow.training.data.subject.Paperwork;
import dev.moonflow.training.data.subject.Question;
import dev.moonflow.training.data.subject.Scene;
import dev.moonflow.training.data.subject.TableData;
import dev.moonflow.training.data.text.Facts;
import dev.moonflow.training.data.text.Lines;
import dev.moonflow.training.data.text.Prose;
import dev.moonflow.training.sample.Role;
import java.awt.Font;

/** Conversations about images, with exact answers. */
final class InstructionSamples {
  private static final String[] READ = {
    "Read the text in the image.",
    "What does the text say?",
    "Transcribe the image.",
    "OCR this image, line by line."
  };
  private static final String[] DESCRIBE = {
    "Describe the image.", "What does the image show?", "Caption this image."
  };

  private final FontSet fonts;

  InstructionSamples(FontSet fonts) {
    this.fonts = fonts;
  }

  /** A line or block to read out. */
  void read(Draw draw, SampleBuilder sample) {
    double size = draw.uniform(13, 24);
    PageStyle style = PageStyle.pick(draw, fonts, size, 1);
    int count = draw.between(1, 6);
    int width = draw.between(200, 480);
    Page page =
        new Page(
            width,
            2 * style.margin()
                + 1
                + (int) Math.ceil(count * style.body().getSize2D() * style.leading()),
            style);
    if (draw.chance(0.5)) {
      page.paragraph(new Prose(draw).paragraph(count * 2));
    } else {
      int characters = Math.max(6, (int) ((width - 2 * style.margin()) / (size * 0.65)));
      for (int i = 0; i < count; i++) {
        page.single(Lines.line(draw, characters), 0);
      }
    }
    Drawing drawing = new Drawing(page.canvas(), page.lines(), style.family());
    ask(sample, drawing, draw.pick(READ), page.text(), "instruction/ocr");
  }

  /** A whole page to read out. */
  void readPage(Draw draw, SampleBuilder sample) {
    PageStyle style = PageStyle.pick(draw, fonts, draw.uniform(11, 15), 1);
    int width = draw.between(360, 560);
    Page page = new Page(width, (int) (width * draw.uniform(0.5, 1.2)), style);
    OcrSamples.fill(draw, page);
    Drawing drawing = new Drawing(page.canvas(), page.lines(), style.family());
    ask(sample, drawing, draw.pick(READ), page.text(), "instruction/ocr-page");
  }

  void describe(Draw draw, SampleBuilder sample) {
    switch (draw.below(3)) {
      case 0 -> {
        Paper paper = Paperwork.pick(draw, fonts);
        ask(sample, paper.drawing(), draw.pick(DESCRIBE), paper.summary(), "instruction/caption");
      }
      case 1 -> {
        ChartData chart = ChartData.pick(draw);
        Drawing drawing = chart.draw(draw, fonts);
        ask(sample, drawing, draw.pick(DESCRIBE), chart.caption(), "instruction/caption");
      }
      default -> {
        Scene scene = CaptionSamples.scene(draw, 5);
        Drawing drawing = scene.draw(draw);
        ask(sample, drawing, draw.pick(DESCRIBE), scene.summary(), "instruction/caption");
      }
    }
  }

  void invoice(Draw draw, SampleBuilder sample) {
    paper(draw, sample, Paperwork.invoice(draw, fonts));
  }

  void receipt(Draw draw, SampleBuilder sample) {
    paper(draw, sample, Paperwork.receipt(draw, fonts));
  }

  void form(Draw draw, SampleBuilder sample) {
    paper(draw, sample, Paperwork.form(draw, fonts));
  }

  /** What kind of paper it is, or the value of a field. */
  private static void paper(Draw draw, SampleBuilder sample, Paper paper) {
    if (draw.chance(0.1)) {
      String question = "Is this an invoice, a receipt or a form?";
      ask(sample, paper.drawing(), question, paper.kind(), "instruction/" + paper.kind());
      return;
    }
    Paper.Field field = draw.pick(paper.fields());
    String question =
        draw.pick("What is the %s?", "Give the %s.", "Read the %s from the " + paper.kind() + ".")
            .formatted(field.name());
    ask(sample, paper.drawing(), question, field.value(), "instruction/" + paper.kind());
    sample.attribute("field", field.name());
  }

  void table(Draw draw, SampleBuilder sample) {
    TableData table = TableData.pick(draw, 7, 3);
    ask(sample, table.draw(draw, fonts), table.question(draw), "instruction/table");
  }

  void chart(Draw draw, SampleBuilder sample) {
    ChartData chart = ChartData.pick(draw);
    ask(sample, chart.draw(draw, fonts), chart.question(draw), "instruction/chart");
  }

  void diagram(Draw draw, SampleBuilder sample) {
    FlowDiagram diagram = FlowDiagram.pick(draw);
    ask(sample, diagram.draw(draw, fonts), diagram.question(draw), "instruction/diagram");
  }

  void scene(Draw draw, SampleBuilder sample) {
    Scene scene = CaptionSamples.scene(draw, 6);
    ask(sample, scene.draw(draw), scene.question(draw), "instruction/scene");
  }

  /** Knowledge asked for without an image, sometimes with choices. */
  void knowledge(Draw draw, SampleBuilder sample) {
    Facts.Fact fact = Facts.pick(draw);
    sample.user(fact.question()).assistant(fact.answer()).answer(fact.answer());
    sample.topic("instruction/" + fact.topic());
  }

  /** A word on an image among choices. */
  void choice(Draw draw, SampleBuilder sample) {
    Font font = fonts.pick(draw, draw.uniform(20, 40));
    Inks inks = Inks.pick(draw);
    java.util.List<String> words = new java.util.ArrayList<>();
    while (words.size() < 4) {
      String word = Lines.word(draw);
      if (!words.contains(word)) {
        words.add(word);
      }
    }
    int right = draw.below(4);
    int width = (int) Canvas.width(font, words.get(right)) + 40;
    Canvas canvas = new Canvas(width, (int) (font.getSize2D() * 2), inks.paper());
    TextLine line =
        new TextLine(
            words.get(right),
            canvas.centred(words.get(right), font, inks.ink(), width / 2.0, font.getSize2D()));
    StringBuilder question = new StringBuilder("Which word is in the image?");
    for (int i = 0; i < 4; i++) {
      question.append('\n').append((char) ('A' + i)).append(". ").append(words.get(i));
    }
    question.append("\nAnswer with the letter.");
    Drawing drawing = new Drawing(canvas, java.util.List.of(line), FontSet.family(font));
    String letter = Character.toString((char) ('A' + right));
    ask(sample, drawing, question.toString(), letter, "instruction/choice");
    sample.attribute("checker", "choice");
  }

  private static void ask(SampleBuilder sample, Drawing drawing, Question question, String topic) {
    ask(sample, drawing, question.text(), question.answer(), topic);
  }

  private static void ask(
      SampleBuilder sample, Drawing drawing, String question, String answer, String topic) {
    image(sample, drawing);
    sample.user(question).assistant(answer).answer(answer).topic(topic);
  }

  /** The image of a user's question with its labels. */
  static void image(SampleBuilder sample, Drawing drawing) {
    sample.image(Role.USER, drawing.canvas().image());
    for (TextLine line : drawing.lines()) {
      sample.region(line.box(), line.text());
    }
    if (!drawing.font().isEmpty()) {
      sample.attribute("font", drawing.font());
    }
  }
}
