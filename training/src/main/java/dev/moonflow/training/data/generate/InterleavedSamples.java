package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.subject.ChartData;
import dev.moonflow.training.data.subject.Drawing;
import dev.moonflow.training.data.subject.Scene;
import dev.moonflow.training.data.text.Prose;

/** Articles: paragraphs and figures in reading order, every figure right after its mention. */
final class InterleavedSamples {
  private final FontSet fonts;

  InterleavedSamples(FontSet fonts) {
    this.fonts = fonts;
  }

  void article(Draw draw, SampleBuilder sample) {
    article(draw, sample, draw.between(1, 3), 2, 4);
    sample.topic("interleaved/article");
  }

  /** An article of so many figures with text of so many sentences around each. */
  void article(Draw draw, SampleBuilder sample, int figures, int sentencesMin, int sentencesMax) {
    Prose prose = new Prose(draw);
    sample.text(prose.heading());
    for (int i = 1; i <= figures; i++) {
      sample.text(prose.paragraph(draw.between(sentencesMin, sentencesMax)));
      Drawing drawing;
      String caption;
      if (draw.chance(0.6)) {
        Scene scene = CaptionSamples.scene(draw, 4);
        drawing = scene.draw(draw);
        caption = scene.summary();
      } else {
        ChartData chart = ChartData.pick(draw);
        drawing = chart.draw(draw, fonts);
        caption = chart.caption();
      }
      sample.text("See figure " + i + ".").image(drawing.canvas());
      sample.text("Figure " + i + ": " + caption);
    }
    sample.text(prose.paragraph(draw.between(sentencesMin, sentencesMax)));
    sample.attribute("figures", figures);
  }
}
