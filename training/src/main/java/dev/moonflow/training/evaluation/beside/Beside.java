package dev.moonflow.training.evaluation.beside;

import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.statistics.Bootstrap;
import dev.moonflow.training.evaluation.statistics.Interval;
import dev.moonflow.training.evaluation.statistics.Portion;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The model and another reader on the same items of a task.
 *
 * @param reader name and version, and how it was asked
 * @param rows over all items, then by group and value
 */
public record Beside(TaskDefinition task, String reader, List<Row> rows) {
  /**
   * One row of the comparison.
   *
   * @param group such as {@code class = serif}; {@code all} of all items
   * @param model its score
   * @param other the other reader's
   * @param difference interval of the model's score less the other's, item by item
   */
  public record Row(
      String group,
      int items,
      double model,
      Interval modelInterval,
      double other,
      Interval otherInterval,
      Interval difference) {}

  /** The comparison of the items that both have. */
  public static Beside of(
      TaskDefinition task, String reader, List<Answered> model, List<Answered> other, long seed) {
    Map<Integer, Answered> theirs = new TreeMap<>();
    other.forEach(answer -> theirs.put(answer.index(), answer));
    Map<String, List<Answered>> groups = new LinkedHashMap<>();
    groups.put("all", new ArrayList<>());
    for (String bucket : task.buckets()) {
      Map<String, List<Answered>> values = new TreeMap<>();
      for (Answered answer : model) {
        String value = answer.groups().get(bucket);
        if (value != null && theirs.containsKey(answer.index())) {
          values.computeIfAbsent(bucket + " = " + value, v -> new ArrayList<>()).add(answer);
        }
      }
      groups.putAll(values);
    }
    model.stream().filter(a -> theirs.containsKey(a.index())).forEach(groups.get("all")::add);
    List<Row> rows = new ArrayList<>();
    groups.forEach((name, answers) -> rows.add(row(name, answers, theirs, seed)));
    return new Beside(task, reader, rows);
  }

  private static Row row(
      String name, List<Answered> answers, Map<Integer, Answered> theirs, long seed) {
    List<Portion> own = answers.stream().map(Answered::portion).toList();
    List<Portion> others =
        answers.stream().map(answer -> theirs.get(answer.index()).portion()).toList();
    return new Row(
        name,
        answers.size(),
        Bootstrap.ratio(own),
        Bootstrap.of(own, seed),
        Bootstrap.ratio(others),
        Bootstrap.of(others, seed),
        Bootstrap.ofDifference(others, own, seed));
  }
}
