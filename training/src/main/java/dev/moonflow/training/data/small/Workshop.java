package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.ProductPrompts;
import dev.moonflow.training.data.print.Degradation;
import dev.moonflow.training.data.print.FontPicker;
import dev.moonflow.training.data.print.SideText;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.Drawing;
import dev.moonflow.training.data.subject.Question;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/** Makes the pictures of one side. Thread-safe. */
public final class Workshop {
  private static final double SCANNED = 0.3;

  private final Vocabulary words;
  private final FontPicker fonts;

  /** A workshop that writes these words in these fonts. */
  public Workshop(Vocabulary words, FontPicker fonts) {
    this.words = words;
    this.fonts = fonts;
  }

  /** A few lines to read. */
  public Picture text(Draw draw, SideText text) {
    List<String> lines = SmallText.pick(draw, text);
    Sheet sheet = new Sheet();
    boolean centred = draw.chance(0.15);
    for (String line : lines) {
      if (centred) {
        sheet.centre(line);
      } else {
        sheet.left(line);
      }
    }
    String prompt = draw.chance(0.75) ? ProductPrompts.OCR : ProductPrompts.DOCUMENT;
    return Picture.of(
        scanned(draw, sheet.draw(draw, fonts)), prompt, String.join("\n", lines), "text", "text");
  }

  /** A slip of paper or a table to read row by row, every value of it. */
  public Picture paper(Draw draw) {
    String prompt = draw.chance(0.75) ? ProductPrompts.OCR : ProductPrompts.DOCUMENT;
    if (draw.chance(0.2)) {
      Grid grid = Grid.pick(draw, words);
      return Picture.of(
          scanned(draw, grid.draw(draw, fonts)), prompt, grid.text(), "table", "text");
    }
    Slip slip = Slip.pick(draw, words, draw.pick(Slip.KINDS));
    Drawing drawing = scanned(draw, slip.sheet().draw(draw, fonts));
    return Picture.of(drawing, prompt, slip.sheet().text(), slip.kind(), "text");
  }

  /** A slip of paper and a question about it. */
  public Picture slip(Draw draw, String kind) {
    Slip slip = Slip.pick(draw, words, kind);
    return asked(scanned(draw, slip.sheet().draw(draw, fonts)), slip.question(draw, words), kind);
  }

  /** A table and a question about it. */
  public Picture table(Draw draw) {
    Grid grid = Grid.pick(draw, words);
    return asked(scanned(draw, grid.draw(draw, fonts)), grid.question(draw), "table");
  }

  /** A chart and a question about it. */
  public Picture chart(Draw draw, boolean bars) {
    Chart chart = Chart.pick(draw, words, bars);
    return asked(chart.draw(draw, fonts), chart.question(draw), bars ? "bars" : "curve");
  }

  /** A scene and a question about it. */
  public Picture scene(Draw draw) {
    IconScene scene = IconScene.pick(draw, words);
    return asked(scene.draw(draw), scene.question(draw), "scene");
  }

  private static Picture asked(Drawing drawing, Map.Entry<String, Question> question, String kind) {
    Question asked = question.getValue();
    return Picture.of(drawing, asked.text(), asked.answer(), kind, question.getKey());
  }

  /** A document and what it is. */
  public Picture documentCaption(Draw draw) {
    if (draw.chance(0.2)) {
      Grid grid = Grid.pick(draw, words);
      Drawing drawing = scanned(draw, grid.draw(draw, fonts));
      return caption(draw, drawing, grid.caption(), "table", grid.checks());
    }
    Slip slip = Slip.pick(draw, words, draw.pick(Slip.KINDS));
    Drawing drawing = scanned(draw, slip.sheet().draw(draw, fonts));
    return caption(draw, drawing, slip.caption(), slip.kind(), slip.checks());
  }

  /** A chart and what it shows. */
  public Picture chartCaption(Draw draw) {
    boolean bars = draw.chance(0.6);
    Chart chart = Chart.pick(draw, words, bars);
    Drawing drawing = chart.draw(draw, fonts);
    return caption(draw, drawing, chart.caption(), bars ? "bars" : "curve", chart.checks());
  }

  /** A scene and what it shows. */
  public Picture sceneCaption(Draw draw) {
    IconScene scene = IconScene.pick(draw, words);
    return caption(draw, scene.draw(draw), scene.caption(), "scene", scene.checks());
  }

  private static Picture caption(
      Draw draw, Drawing drawing, String caption, String kind, Map<String, String> checks) {
    boolean frame = kind.equals("scene") && draw.chance(0.3);
    String prompt = frame ? ProductPrompts.FRAME : ProductPrompts.CAPTION;
    return Picture.of(drawing, prompt, caption, kind, "caption").withChecks(checks);
  }

  /** Frames and what changes. */
  public Picture frames(Draw draw) {
    Clip clip = Clip.pick(draw, words);
    return new Picture(
        clip.draw(draw),
        List.of(),
        "",
        clip.question(draw),
        List.of(),
        clip.caption(),
        "frames",
        clip.change().isMove() ? "move" : "change",
        clip.checks());
  }

  /** A receipt, table or chart and a sum over it, in steps. */
  public Picture sum(Draw draw) {
    return switch (draw.below(4)) {
      case 0, 1 -> {
        Slip slip = Slip.withoutTotal(draw, words);
        yield solved(scanned(draw, slip.sheet().draw(draw, fonts)), slip.sum(draw), "receipt");
      }
      case 2 -> {
        Grid grid = Grid.pick(draw, words);
        yield solved(scanned(draw, grid.draw(draw, fonts)), grid.sum(draw), "table");
      }
      default -> {
        Chart chart = Chart.pick(draw, words, true);
        yield solved(chart.draw(draw, fonts), chart.figures().sum(draw), "bars");
      }
    };
  }

  private static Picture solved(Drawing drawing, Question question, String kind) {
    return Picture.of(drawing, question.text(), question.answer(), kind, "sum")
        .withSteps(question.steps());
  }

  /** A sum in words, in steps; without a picture. */
  public Picture wordSum(Draw draw) {
    Question question = WordSum.pick(draw, words);
    return new Picture(
        List.of(),
        List.of(),
        "",
        question.text(),
        question.steps(),
        question.answer(),
        "words",
        "sum",
        Map.of());
  }

  /** Sometimes as a scanner gives it back. */
  private static Drawing scanned(Draw draw, Drawing drawing) {
    if (!draw.chance(SCANNED)) {
      return drawing;
    }
    double em = 0;
    for (TextLine line : drawing.lines()) {
      em = Math.max(em, line.box().height());
    }
    BufferedImage scan = Degradation.scan(draw, drawing.canvas().image(), em);
    Canvas canvas = new Canvas(scan.getWidth(), scan.getHeight(), Color.WHITE);
    canvas.graphics().drawImage(scan, 0, 0, null);
    return new Drawing(canvas, drawing.lines(), drawing.font());
  }
}
