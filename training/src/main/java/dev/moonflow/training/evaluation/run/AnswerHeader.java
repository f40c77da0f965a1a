package dev.moonflow.training.evaluation.run;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.TreeMap;

/**
 * The first line of an answer file: all that its answers depend on but the data.
 *
 * @param format names the form of the file
 * @param task name of the task
 * @param model fingerprint of configuration and weights
 * @param settings prompt, generation and limits
 */
@JsonPropertyOrder({"format", "task", "model", "settings"})
public record AnswerHeader(String format, String task, String model, JsonNode settings) {
  static final String FORMAT = "moonflow-answers-1";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The header of a run. */
  public static AnswerHeader of(TaskDefinition task, String model, RunSettings run) {
    ObjectNode settings = JSON.createObjectNode();
    settings.put("seed", run.seed());
    settings.put("contextTokens", run.contextTokens());
    settings.put("metric", task.metric());
    settings.put("loader", task.loader());
    settings.put("coordinates", task.coordinates().name());
    settings.set("prompt", JSON.valueToTree(task.prompt()));
    settings.set("generation", JSON.valueToTree(task.generation()));
    settings.set("media", JSON.valueToTree(task.media()));
    settings.set("loaderSettings", JSON.valueToTree(new TreeMap<>(task.settings())));
    return new AnswerHeader(FORMAT, task.name(), model, settings);
  }

  /** The line itself, without its end. */
  String line() {
    return JSON.valueToTree(this).toString();
  }
}
