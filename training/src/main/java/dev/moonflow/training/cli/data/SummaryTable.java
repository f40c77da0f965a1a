package dev.moonflow.training.cli.data;

import dev.moonflow.training.data.answer.Outcome;
import dev.moonflow.training.data.job.answer.AnswerRecipe.Keep;
import dev.moonflow.training.data.job.answer.AnswerSummary;
import dev.moonflow.training.data.job.answer.OutcomeLine;
import java.util.Map;
import java.util.SortedMap;

/** What became of conversations, as a table for people: topics down, outcomes across. */
final class SummaryTable {
  private static final int REFUSED_SHOWN = 10;

  private SummaryTable() {}

  static String of(AnswerSummary summary, Keep keep) {
    SortedMap<Outcome, Long> all = summary.outcomes();
    StringBuilder text = new StringBuilder();
    text.append(
        "%,d answers to %,d conversations, %,d of them %s; %,d conversations kept%n"
            .formatted(
                summary.answers(),
                summary.examples(),
                summary.good(),
                keep == Keep.BEST ? "usable" : "right",
                summary.kept()));
    text.append("%-34s".formatted(""));
    all.keySet().forEach(outcome -> text.append(" %16s".formatted(outcome.words())));
    text.append(System.lineSeparator());
    summary.topics().forEach((topic, counts) -> row(text, topic, counts, all));
    row(text, "all", all, all);
    summary.refused().stream().limit(REFUSED_SHOWN).forEach(line -> refused(text, line));
    if (summary.refused().size() > REFUSED_SHOWN) {
      text.append(
          "refused: %,d more, see outcomes%n".formatted(summary.refused().size() - REFUSED_SHOWN));
    }
    return text.toString();
  }

  private static void row(
      StringBuilder text, String name, Map<Outcome, Long> counts, Map<Outcome, Long> all) {
    text.append("%-34s".formatted(name));
    all.keySet()
        .forEach(outcome -> text.append(" %,16d".formatted(counts.getOrDefault(outcome, 0L))));
    text.append(System.lineSeparator());
  }

  private static void refused(StringBuilder text, OutcomeLine line) {
    text.append("refused: ").append(line.reason()).append(System.lineSeparator());
  }
}
