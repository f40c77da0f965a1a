package dev.moonflow.training.evaluation.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.moonflow.training.evaluation.statistics.Portion;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of one item.
 *
 * @param index place in the data set, from 0
 * @param id the data set's own name
 * @param target the right answer, for people
 * @param answer what the model wrote, without reasoning; empty after an error
 * @param found what the metric found in it
 * @param part what it adds to the score
 * @param whole what it was worth at most
 * @param finish {@code stop}, {@code length} or {@code error}
 * @param promptTokens tokens of the prompt
 * @param tokens tokens written, reasoning included
 * @param groups the item's groups
 * @param error why there is no answer, in one sentence; empty without an error
 */
@JsonPropertyOrder({
  "index",
  "id",
  "target",
  "answer",
  "found",
  "part",
  "whole",
  "finish",
  "promptTokens",
  "tokens",
  "groups",
  "error"
})
public record Answered(
    int index,
    String id,
    String target,
    String answer,
    String found,
    double part,
    double whole,
    String finish,
    int promptTokens,
    int tokens,
    Map<String, String> groups,
    String error) {
  public Answered {
    groups = new TreeMap<>(groups);
  }

  /** What it adds to the task's ratio. */
  @JsonIgnore
  public Portion portion() {
    return new Portion(part, whole);
  }

  /** Whether the item could not be asked or answered. */
  @JsonIgnore
  public boolean failed() {
    return !error.isEmpty();
  }
}
