package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.ChartData;
import dev.moonflow.training.data.subject.Drawing;
import dev.moonflow.training.data.subject.FlowDiagram;
import dev.moonflow.training.data.subject.TableData;

/** Tables, charts and diagrams with what can be learnt from them, not only what is written. */
final class KnowledgeSamples {
  private final FontSet fonts;

  KnowledgeSamples(FontSet fonts) {
    this.fonts = fonts;
  }

  void table(Draw draw, SampleBuilder sample) {
    TableData table = TableData.pick(draw, 7, 3);
    add(sample, table.draw(draw, fonts), table.facts(), table.topic());
  }

  void chart(Draw draw, SampleBuilder sample) {
    ChartData chart = ChartData.pick(draw);
    add(sample, chart.draw(draw, fonts), chart.facts(), chart.topic());
  }

  void diagram(Draw draw, SampleBuilder sample) {
    FlowDiagram diagram = FlowDiagram.pick(draw);
    String text = draw.chance(0.5) ? diagram.facts() : diagram.mermaid();
    add(sample, diagram.draw(draw, fonts), text, "diagram/flow");
  }

  /** A table read out as Markdown. */
  void ocrTable(Draw draw, SampleBuilder sample) {
    TableData table = TableData.pick(draw, 8, 4);
    add(sample, table.draw(draw, fonts), table.title() + "\n\n" + table.markdown(), "ocr/table");
  }

  private static void add(SampleBuilder sample, Drawing drawing, String text, String topic) {
    sample.image(drawing.canvas());
    for (TextLine line : drawing.lines()) {
      sample.region(line.box(), line.text());
    }
    sample.text(text).topic(topic).attribute("font", drawing.font());
  }
}
