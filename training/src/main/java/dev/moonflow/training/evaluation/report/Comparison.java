package dev.moonflow.training.evaluation.report;

import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.run.AnswerFile;
import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.statistics.Bootstrap;
import dev.moonflow.training.evaluation.statistics.Interval;
import dev.moonflow.training.evaluation.statistics.Portion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Two runs on the same items: the difference of their scores, with a paired bootstrap.
 *
 * @param task name
 * @param pairs items that both answered
 * @param alone items that only one of them has; they are left out
 * @param a score of the first over the pairs
 * @param b score of the second over the pairs
 * @param difference 95 % interval of b - a
 */
public record Comparison(
    String task, int pairs, int alone, double a, double b, Interval difference) {
  private static final int PERCENT = 100;

  /**
   * Compares answer files, or all files of the same name in two output folders.
   *
   * @throws EvaluationException if they have nothing in common
   */
  public static List<Comparison> of(Path a, Path b, long seed) {
    Map<String, Path> first = files(a);
    Map<String, Path> second = files(b);
    List<Comparison> comparisons = new ArrayList<>();
    if (Files.isRegularFile(a) && Files.isRegularFile(b)) {
      return List.of(pair(a, b, seed));
    }
    first.forEach(
        (name, file) -> {
          if (second.containsKey(name)) {
            comparisons.add(pair(file, second.get(name), seed));
          }
        });
    if (comparisons.isEmpty()) {
      throw new EvaluationException(a + " and " + b + " have no task in common.");
    }
    return comparisons;
  }

  private static Map<String, Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return Map.of(path.getFileName().toString(), path);
    }
    Path folder = Files.isDirectory(path.resolve("answers")) ? path.resolve("answers") : path;
    if (!Files.isDirectory(folder)) {
      throw new EvaluationException(path + " does not exist.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      Map<String, Path> found = new TreeMap<>();
      files
          .filter(f -> f.getFileName().toString().endsWith(".jsonl"))
          .forEach(f -> found.put(f.getFileName().toString(), f));
      return found;
    } catch (IOException e) {
      throw new EvaluationException(folder + " cannot be listed: " + e.getMessage() + ".", e);
    }
  }

  private static Comparison pair(Path a, Path b, long seed) {
    AnswerFile.Content first = AnswerFile.readAll(a);
    AnswerFile.Content second = AnswerFile.readAll(b);
    if (!first.header().task().equals(second.header().task())) {
      throw new EvaluationException(
          "%s is of task %s and %s of task %s."
              .formatted(a, first.header().task(), b, second.header().task()));
    }
    Map<String, Answered> others = new HashMap<>();
    second.answers().forEach(answer -> others.put(key(answer), answer));
    List<Portion> ofA = new ArrayList<>();
    List<Portion> ofB = new ArrayList<>();
    for (Answered answer : first.answers()) {
      Answered other = others.get(key(answer));
      if (other != null) {
        ofA.add(answer.portion());
        ofB.add(other.portion());
      }
    }
    if (ofA.isEmpty()) {
      throw new EvaluationException(a + " and " + b + " have no item in common.");
    }
    int alone = first.answers().size() + second.answers().size() - 2 * ofA.size();
    return new Comparison(
        first.header().task(),
        ofA.size(),
        alone,
        Bootstrap.ratio(ofA),
        Bootstrap.ratio(ofB),
        Bootstrap.ofDifference(ofA, ofB, seed));
  }

  /** Names may repeat in a data set; places do not. */
  private static String key(Answered answer) {
    return answer.index() + " " + answer.id();
  }

  /** A table of comparisons, in percent. */
  public static String toMarkdown(List<Comparison> comparisons) {
    StringBuilder text =
        new StringBuilder(
            "| task | pairs | alone | A | B | B - A | 95 % interval | told from 0 |\n"
                + "|---|---:|---:|---:|---:|---:|---|---|\n");
    for (Comparison c : comparisons) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %.1f | %.1f | %+.1f | %+.1f to %+.1f | %s |\n",
              c.task(),
              c.pairs(),
              c.alone(),
              PERCENT * c.a(),
              PERCENT * c.b(),
              PERCENT * (c.b() - c.a()),
              PERCENT * c.difference().low(),
              PERCENT * c.difference().high(),
              c.difference().excludesZero() ? "yes" : "no"));
    }
    return text.toString();
  }
}
