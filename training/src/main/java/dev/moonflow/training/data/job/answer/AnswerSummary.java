package dev.moonflow.training.data.job.answer;

import dev.moonflow.training.data.answer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of all examples of a run and of those before it on the same folder.
 *
 * @param answers sampled in all
 * @param good usable or right ones of them
 * @param kept conversations written
 * @param topics examples of each topic by what became of them
 * @param refused the examples that the model could not be asked, in order
 */
public record AnswerSummary(
    long answers,
    long good,
    long kept,
    SortedMap<String, SortedMap<Outcome, Long>> topics,
    List<OutcomeLine> refused) {
  /** Name of the file in the output. */
  public static final String FILE = "summary.json";

  static AnswerSummary of(List<OutcomeLine> lines) {
    long answers = 0;
    long good = 0;
    long kept = 0;
    SortedMap<String, SortedMap<Outcome, Long>> topics = new TreeMap<>();
    List<OutcomeLine> refused = new ArrayList<>();
    for (OutcomeLine line : lines) {
      answers += line.answers();
      good += line.good();
      kept += line.kept();
      topics
          .computeIfAbsent(line.topic(), topic -> new TreeMap<>())
          .merge(line.outcome(), 1L, Long::sum);
      if (line.outcome() == Outcome.REFUSED) {
        refused.add(line);
      }
    }
    return new AnswerSummary(answers, good, kept, topics, List.copyOf(refused));
  }

  /** Examples by what became of them, over all topics. */
  public SortedMap<Outcome, Long> outcomes() {
    SortedMap<Outcome, Long> all = new TreeMap<>();
    for (Map<Outcome, Long> topic : topics.values()) {
      topic.forEach((outcome, count) -> all.merge(outcome, count, Long::sum));
    }
    return all;
  }

  /** Examples of the input. */
  public long examples() {
    return outcomes().values().stream().mapToLong(Long::longValue).sum();
  }
}
