package dev.moonflow.training.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.training.trainer.TrainingStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The counters of a run: what goes on exactly where it was needs these besides the tensors.
 *
 * @param stage its name
 * @param hash of the stage's section of the recipe
 * @param step updates made
 * @param finished whether the stage is at its end
 * @param source of the batches; see {@code StepSource.state}
 * @param objective see {@code Objective.state}
 */
public record TrainingState(
    String stage, String hash, long step, boolean finished, JsonNode source, JsonNode objective) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "moonflow-training-1";

  /** Writes the file. */
  public void write(Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT).put("stage", stage).put("recipe", hash).put("step", step);
    root.put("finished", finished);
    root.set("source", source);
    root.set("objective", objective);
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  /**
   * Reads the file.
   *
   * @throws TrainingStoppedException naming it and what is wrong
   */
  public static TrainingState read(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (!root.path("format").asText().equals(FORMAT) || !root.path("step").isIntegralNumber()) {
        throw new TrainingStoppedException(file + " is no training state of this version.");
      }
      return new TrainingState(
          root.path("stage").asText(),
          root.path("recipe").asText(),
          root.path("step").longValue(),
          root.path("finished").asBoolean(),
          root.path("source"),
          root.path("objective"));
    } catch (IOException e) {
      throw new TrainingStoppedException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
