package dev.moonflow.training.evaluation.report;

import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of one task.
 *
 * @param score over all items
 * @param buckets by name of the group, then its value
 * @param cutOff answers that ended at the token limit
 * @param meanTokens tokens of an answer on average, reasoning included; errors left out
 * @param errors items that could not be asked or answered
 * @param notes on what was left out
 */
public record TaskResult(
    TaskDefinition task,
    Score score,
    Map<String, Map<String, Score>> buckets,
    int cutOff,
    double meanTokens,
    List<Answered> errors,
    List<String> notes) {

  /** Numbers in their order, then texts in theirs. */
  private static final Comparator<String> NATURAL =
      Comparator.comparing((String s) -> number(s)).thenComparing(Comparator.naturalOrder());

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.MAX_VALUE;
    }
  }

  /** The result of the answers of a task. */
  public static TaskResult of(
      TaskDefinition task, List<Answered> answers, List<String> notes, long seed) {
    Map<String, Map<String, Score>> buckets = new LinkedHashMap<>();
    for (String group : task.buckets()) {
      Map<String, List<Answered>> members = new TreeMap<>(NATURAL);
      for (Answered answer : answers) {
        String value = answer.groups().get(group);
        if (value != null) {
          members.computeIfAbsent(value, v -> new ArrayList<>()).add(answer);
        }
      }
      Map<String, Score> scores = new LinkedHashMap<>();
      members.forEach((value, of) -> scores.put(value, Score.of(of, task.judge(), seed)));
      if (!scores.isEmpty()) {
        buckets.put(group, scores);
      }
    }
    return new TaskResult(
        task,
        Score.of(answers, task.judge(), seed),
        buckets,
        (int) answers.stream().filter(a -> a.finish().equals("length")).count(),
        answers.stream().filter(a -> !a.failed()).mapToInt(Answered::tokens).average().orElse(0),
        answers.stream().filter(Answered::failed).toList(),
        notes);
  }
}
