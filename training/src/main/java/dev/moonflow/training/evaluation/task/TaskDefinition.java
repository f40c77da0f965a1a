package dev.moonflow.training.evaluation.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.metric.Coordinates;
import dev.moonflow.training.evaluation.metric.Metric;
import dev.moonflow.training.evaluation.metric.Metrics;
import java.util.List;
import java.util.Map;

/**
 * One thing to measure, as its YAML says it.
 *
 * @param name lower case with hyphens; what {@code --tasks} takes
 * @param title for people
 * @param area what it counts for
 * @param metric name of a {@link Metric}
 * @param loader who reads or makes its items
 * @param data what the user supplies, for people; empty for sets made here
 * @param prompt how items become prompts
 * @param generation how answers are made
 * @param media limits of what is shown
 * @param coordinates how written places are read
 * @param scale what the score is multiplied by in reports: 100 for percent, 1000 for OCRBench
 * @param published row of the published tables; empty when there is none
 * @param buckets groups of items that are reported on their own
 * @param settings of the loader
 * @param note how this differs from the benchmark's own protocol
 */
public record TaskDefinition(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String title,
    @JsonProperty(required = true) Area area,
    @JsonProperty(required = true) String metric,
    @JsonProperty(required = true) String loader,
    String data,
    @JsonProperty(required = true) PromptTemplate prompt,
    Generation generation,
    MediaBudget media,
    Coordinates coordinates,
    Integer scale,
    String published,
    List<String> buckets,
    Map<String, String> settings,
    String note) {

  private static final int PERCENT = 100;

  public TaskDefinition {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw new EvaluationException(
          "the task name \"" + name + "\" is not made of lower-case letters, digits and hyphens.");
    }
    if (Metrics.named(metric).isEmpty()) {
      throw new EvaluationException(
          "task %s: there is no metric %s; there are %s."
              .formatted(name, metric, String.join(", ", Metrics.names())));
    }
    data = data == null ? "" : data.strip();
    generation = generation == null ? Generation.DEFAULT : generation;
    media = media == null ? MediaBudget.DEFAULT : media;
    coordinates = coordinates == null ? Coordinates.AUTO : coordinates;
    scale = scale == null ? PERCENT : scale;
    published = published == null ? "" : published;
    buckets = buckets == null ? List.of() : List.copyOf(buckets);
    settings = settings == null ? Map.of() : Map.copyOf(settings);
    note = note == null ? "" : note.strip();
  }

  /** The same under another name. */
  public TaskDefinition withName(String other) {
    return new TaskDefinition(
        other,
        title,
        area,
        metric,
        loader,
        data,
        prompt,
        generation,
        media,
        coordinates,
        scale,
        published,
        buckets,
        settings,
        note);
  }

  /** The metric itself. */
  public Metric judge() {
    return Metrics.named(metric).orElseThrow();
  }

  /** Whether its items are made here. */
  public boolean isSynthetic() {
    return data.isEmpty();
  }

  /** A setting of the loader. */
  public String setting(String key, String otherwise) {
    return settings.getOrDefault(key, otherwise);
  }

  /** A whole number among the loader's settings. */
  public int number(String key, int otherwise) {
    String value = settings.get(key);
    try {
      return value == null ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new EvaluationException(
          "task %s: settings.%s must be a whole number, got \"%s\".".formatted(name, key, value),
          e);
    }
  }
}
