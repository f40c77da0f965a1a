package dev.moonflow.training.evaluation.report;

import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.task.Area;
import dev.moonflow.training.evaluation.task.PublishedFigures;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for people. */
public final class MarkdownReport {
  private static final int ERRORS_SHOWN = 50;

  private final EvaluationReport report;
  private final PublishedFigures published = PublishedFigures.read();
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport(EvaluationReport report) {
    this.report = report;
  }

  /** The whole text. */
  public static String write(EvaluationReport report) {
    MarkdownReport writer = new MarkdownReport(report);
    writer.head();
    writer.scores();
    for (Area area : Area.values()) {
      writer.area(area);
    }
    writer.errors();
    writer.published();
    return writer.text.toString();
  }

  private void line(String line, Object... values) {
    text.append(values.length == 0 ? line : String.format(Locale.ROOT, line, values)).append('\n');
  }

  private void head() {
    line("# Evaluation");
    line("");
    line("- Model: `%s`", report.model());
    line(
        "- Seed %d, contexts of at most %d tokens, %s.",
        report.settings().seed(),
        report.settings().contextTokens(),
        report.settings().items() == Integer.MAX_VALUE
            ? "all items of each task"
            : "at most " + report.settings().items() + " items of each task");
    line("- Intervals are 95 % confidence intervals: Wilson's for proportions, else bootstraps.");
    line("- Items that could not be asked or answered count as wrong; they are listed below.");
    line("- " + EvaluationReport.SYNTHETIC_NOTE);
    line("");
  }

  private void scores() {
    line("## Scores");
    line("");
    line("| task | metric | items | errors | score | 95 % interval | Kimi-VL-A3B, published |");
    line("|---|---|---:|---:|---:|---|---:|");
    for (TaskResult result : report.results()) {
      TaskDefinition task = result.task();
      line(
          "| %s | %s | %d | %d | %s | %s | %s |",
          task.name(),
          metric(task),
          result.score().items(),
          result.score().errors(),
          Figures.of(result.score().value(), task),
          Figures.interval(result.score(), task),
          seed(task));
    }
    line("");
  }

  private static String metric(TaskDefinition task) {
    String unit = task.scale() == 100 ? "%" : "of " + task.scale();
    return task.metric() + ", " + unit + (task.judge().isErrorRate() ? ", less is better" : "");
  }

  private String seed(TaskDefinition task) {
    String figure = published.seed(task.published());
    return figure.isEmpty() ? "none" : task.isSynthetic() ? figure + " (not comparable)" : figure;
  }

  private void area(Area area) {
    List<TaskResult> results =
        report.results().stream().filter(r -> r.task().area() == area).toList();
    if (results.isEmpty()) {
      return;
    }
    line("## " + area.title());
    line("");
    results.forEach(this::task);
    PublishedFigures.Table table = published.tables().get(0);
    line("Published on the benchmarks of this area (%s), in percent or points:", table.name());
    line("");
    heading("benchmark", table.columns());
    for (String benchmark : published.areas().getOrDefault(area.key(), List.of())) {
      line("| %s | %s |", benchmark, String.join(" | ", table.rows().get(benchmark)));
    }
    line("");
    if (results.stream().anyMatch(r -> r.task().isSynthetic())) {
      line("Not comparable with the synthetic sets above.");
      line("");
    }
  }

  private void heading(String first, List<String> columns) {
    line("| %s | %s |", first, String.join(" | ", columns));
    line("|---|%s", String.join("", Collections.nCopies(columns.size(), "---:|")));
  }

  private void task(TaskResult result) {
    TaskDefinition task = result.task();
    line("### %s (`%s`)", task.title(), task.name());
    line("");
    line(
        "%s; %s at most %d tokens (%.1f on average, %d of %d cut off).",
        Figures.of(result.score().value(), task)
            + " ("
            + Figures.interval(result.score(), task)
            + "), "
            + metric(task),
        task.generation().temperature() == 0 ? "greedy," : "sampled,",
        task.generation().maxNewTokens(),
        result.meanTokens(),
        result.cutOff(),
        result.score().items());
    if (!task.note().isEmpty()) {
      line("");
      line(task.note());
    }
    for (String note : result.notes()) {
      line("");
      line(note);
    }
    line("");
    result.buckets().forEach((group, scores) -> bucket(task, group, scores));
    neighbours(task);
  }

  private void bucket(TaskDefinition task, String group, Map<String, Score> scores) {
    line("| %s | items | score | 95 %% interval |", group);
    line("|---|---:|---:|---|");
    scores.forEach(
        (value, score) ->
            line(
                "| %s | %d | %s | %s |",
                Figures.cell(value),
                score.items(),
                Figures.of(score.value(), task),
                Figures.interval(score, task)));
    line("");
  }

  private void neighbours(TaskDefinition task) {
    List<PublishedFigures.Figure> figures = published.of(task.published());
    if (figures.isEmpty()) {
      return;
    }
    String list =
        figures.stream()
            .map(f -> f.column() + " " + f.value() + " (" + f.table() + ")")
            .collect(Collectors.joining(", "));
    String note = task.isSynthetic() ? ", not comparable" : "";
    line("Published for %s%s: %s.", task.published(), note, list);
    line("");
  }

  private void errors() {
    line("## Errors");
    line("");
    boolean any = false;
    for (TaskResult result : report.results()) {
      for (Answered error : result.errors().stream().limit(ERRORS_SHOWN).toList()) {
        any = true;
        line("- %s, %s: %s", result.task().name(), error.id(), Figures.cell(error.error()));
      }
      if (result.errors().size() > ERRORS_SHOWN) {
        line(
            "- %s: %d more, in report.json",
            result.task().name(), result.errors().size() - ERRORS_SHOWN);
      }
    }
    if (!any) {
      line("None.");
    }
    line("");
  }

  private void published() {
    line("## Published figures");
    line("");
    line("From the %s; measured by others, on the benchmarks themselves.", published.source());
    line("");
    for (PublishedFigures.Table table : published.tables()) {
      heading(table.name(), table.columns());
      table.rows().forEach((row, values) -> line("| %s | %s |", row, String.join(" | ", values)));
      line("");
    }
    published.notes().forEach(note -> line("- " + note));
  }
}
