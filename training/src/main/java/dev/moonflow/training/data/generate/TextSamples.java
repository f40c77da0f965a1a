package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.text.Arithmetic;
import dev.moonflow.training.data.text.CodeText;
import dev.moonflow.training.data.text.Facts;
import dev.moonflow.training.data.text.Prose;
import java.util.ArrayList;
import java.util.List;

/** Text alone: prose, code, arithmetic with its steps, statements of knowledge. */
final class TextSamples {
  private TextSamples() {}

  static void prose(Draw draw, SampleBuilder sample) {
    Prose prose = new Prose(draw);
    List<String> paragraphs = new ArrayList<>();
    if (draw.chance(0.5)) {
      paragraphs.add(prose.heading());
    }
    paragraphs.addAll(prose.paragraphs(draw.between(1, 4), 3, 7));
    sample.topic("text/prose").text(String.join("\n\n", paragraphs));
  }

  static void code(Draw draw, SampleBuilder sample) {
    StringBuilder text = new StringBuilder();
    for (int i = draw.between(1, 4); i > 0; i--) {
      text.append(text.length() == 0 ? "" : "\n").append(CodeText.piece(draw));
    }
    sample.topic("text/code").text(text.toString().strip());
  }

  static void arithmetic(Draw draw, SampleBuilder sample) {
    StringBuilder text = new StringBuilder();
    for (int i = draw.between(1, 5); i > 0; i--) {
      Arithmetic problem = Arithmetic.pick(draw, 3);
      text.append(problem.question()).append('\n');
      text.append(String.join("\n", problem.steps())).append('\n');
      text.append("Answer: ").append(problem.answer()).append("\n\n");
    }
    sample.topic("text/arithmetic").text(text.toString().strip());
  }

  static void knowledge(Draw draw, SampleBuilder sample) {
    List<String> lines = new ArrayList<>();
    String topic = "";
    for (int i = draw.between(2, 8); i > 0; i--) {
      Facts.Fact fact = Facts.pick(draw);
      topic = fact.topic();
      lines.add(draw.chance(0.5) ? fact.statement() : fact.question() + " " + fact.answer() + ".");
    }
    sample.topic(topic).text(String.join("\n", lines));
  }
}
