package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.ChartData;
import dev.moonflow.training.data.subject.Drawing;
import dev.moonflow.training.data.subject.Paper;
import dev.moonflow.training.data.subject.Paperwork;
import dev.moonflow.training.data.subject.Scene;

/** Images and what they show. */
final class CaptionSamples {
  private final FontSet fonts;

  CaptionSamples(FontSet fonts) {
    this.fonts = fonts;
  }

  static Scene scene(Draw draw, int most) {
    return Scene.pick(draw, draw.between(112, 260), draw.between(112, 260), draw.between(1, most));
  }

  /** Objects by colour, shape, number and place. */
  void shapes(Draw draw, SampleBuilder sample) {
    Scene scene = scene(draw, 6);
    Drawing drawing = scene.draw(draw);
    String text = draw.chance(0.5) ? scene.summary() : scene.description();
    add(sample, drawing, text, "caption/scene");
    sample.attribute("objects", scene.objects().size());
  }

  /** A piece of paperwork and what it is. */
  void document(Draw draw, SampleBuilder sample) {
    Paper paper = Paperwork.pick(draw, fonts);
    add(sample, paper.drawing(), paper.summary(), "caption/" + paper.kind());
  }

  /** A chart and what it compares. */
  void chart(Draw draw, SampleBuilder sample) {
    ChartData chart = ChartData.pick(draw);
    add(sample, chart.draw(draw, fonts), chart.caption(), "caption/chart");
  }

  private static void add(SampleBuilder sample, Drawing drawing, String text, String topic) {
    sample.image(drawing.canvas());
    for (TextLine line : drawing.lines()) {
      sample.region(line.box(), line.text());
    }
    sample.text(text).topic(topic);
    if (!drawing.font().isEmpty()) {
      sample.attribute("font", drawing.font());
    }
  }
}
