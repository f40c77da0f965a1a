package dev.moonflow.training.data.generate;

import dev.moonflow.model.chat.ThinkingSplitter;
import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.subject.ChartData;
import dev.moonflow.training.data.subject.Paper;
import dev.moonflow.training.data.subject.Paperwork;
import dev.moonflow.training.data.subject.Question;
import dev.moonflow.training.data.subject.Scene;
import dev.moonflow.training.data.subject.TableData;
import dev.moonflow.training.data.text.Arithmetic;

/**
 * Questions that take several steps; the answer begins with the steps between the thinking markers
 * (SPEC section 3.8). The attribute {@code difficulty} is the number of steps.
 */
final class ReasoningSamples {
  private final FontSet fonts;

  ReasoningSamples(FontSet fonts) {
    this.fonts = fonts;
  }

  void table(Draw draw, SampleBuilder sample) {
    TableData table = TableData.pick(draw, 6, 2);
    InstructionSamples.image(sample, table.draw(draw, fonts));
    solve(sample, table.reasoning(draw), "reasoning/table");
  }

  void chart(Draw draw, SampleBuilder sample) {
    ChartData chart = ChartData.pick(draw);
    InstructionSamples.image(sample, chart.draw(draw, fonts));
    solve(sample, chart.reasoning(draw), "reasoning/chart");
  }

  void paper(Draw draw, SampleBuilder sample) {
    Paper paper =
        draw.chance(0.5) ? Paperwork.invoice(draw, fonts) : Paperwork.receipt(draw, fonts);
    InstructionSamples.image(sample, paper.drawing());
    solve(sample, paper.problem(), "reasoning/" + paper.kind());
  }

  void counting(Draw draw, SampleBuilder sample) {
    Scene scene = CaptionSamples.scene(draw, 9);
    InstructionSamples.image(sample, scene.draw(draw));
    solve(sample, scene.counting(draw), "reasoning/counting");
  }

  static void arithmetic(Draw draw, SampleBuilder sample) {
    Arithmetic problem = Arithmetic.pick(draw, 3);
    solve(
        sample,
        new Question(problem.question(), problem.steps(), problem.answer()),
        "reasoning/arithmetic");
  }

  private static void solve(SampleBuilder sample, Question question, String topic) {
    String thinking = String.join("\n", question.steps());
    sample
        .user(question.text())
        .assistant(ThinkingSplitter.OPEN + thinking + ThinkingSplitter.CLOSE + question.answer())
        .answer(question.answer())
        .topic(topic)
        .attribute("difficulty", question.steps().size());
  }
}
