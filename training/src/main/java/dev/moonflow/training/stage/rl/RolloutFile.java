package dev.moonflow.training.stage.rl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.training.trainer.TrainingStoppedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rollouts of an iteration as lines of JSON. The first line tells what follows:
 *
 * <pre>
 * {"format":"moonflow-rollouts-1","iteration":3,"policy":"FINGERPRINT","rollouts":64}
 * {"sample":"...","prompt":[..],"tokens":[..],"text":"...","ended":true,"correct":true,...}
 * </pre>
 *
 * @param iteration from 1
 * @param policy fingerprints of the checkpoint and of the recipe that drew them
 * @param rollouts answers to one prompt beside each other
 */
record RolloutFile(long iteration, String policy, List<Rollout> rollouts) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "moonflow-rollouts-1";

  RolloutFile {
    rollouts = List.copyOf(rollouts);
  }

  /** The file of an iteration. */
  static Path place(Path folder, long iteration) {
    return folder.resolve("iteration-%06d.jsonl".formatted(iteration));
  }

  /** Writes; the file is there whole or not at all, and on the disk when this returns. */
  void write(Path file) {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    List<String> lines = new ArrayList<>();
    ObjectNode header = JSON.createObjectNode().put("format", FORMAT).put("iteration", iteration);
    lines.add(header.put("policy", policy).put("rollouts", rollouts.size()).toString());
    rollouts.forEach(rollout -> lines.add(toJson(rollout).toString()));
    try {
      Files.createDirectories(file.getParent());
      Files.write(part, lines, StandardCharsets.UTF_8);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TrainingStoppedException("rollouts cannot be written to " + file + ": " + e, e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws TrainingStoppedException naming the file and the line that is wrong
   */
  static RolloutFile read(Path file) {
    int number = 1;
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      JsonNode header = JSON.readTree(lines.isEmpty() ? "" : lines.get(0));
      if (!header.path("format").asText().equals(FORMAT)) {
        throw new TrainingStoppedException(file + ", line 1: not " + FORMAT + ".");
      }
      if (header.path("rollouts").intValue() != lines.size() - 1) {
        throw new TrainingStoppedException(
            "%s is cut short: it has %d rollouts and its first line says %d."
                .formatted(file, lines.size() - 1, header.path("rollouts").intValue()));
      }
      List<Rollout> rollouts = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        number++;
        rollouts.add(of(JSON.readTree(line)));
      }
      return new RolloutFile(
          header.path("iteration").longValue(), header.path("policy").asText(), rollouts);
    } catch (IOException e) {
      throw new TrainingStoppedException(
          "%s, line %d: cannot be read: %s.".formatted(file, number, e.getMessage()), e);
    }
  }

  private static ObjectNode toJson(Rollout rollout) {
    ObjectNode node = JSON.createObjectNode().put("sample", rollout.sample());
    Arrays.stream(rollout.prompt()).forEach(node.putArray("prompt")::add);
    Arrays.stream(rollout.tokens()).forEach(node.putArray("tokens")::add);
    node.put("text", rollout.text()).put("ended", rollout.ended());
    node.put("correct", rollout.correct()).put("reward", rollout.reward());
    node.put("advantage", rollout.advantage()).put("reference", rollout.reference());
    return Double.isNaN(rollout.mismatch()) ? node : node.put("mismatch", rollout.mismatch());
  }

  private static Rollout of(JsonNode node) {
    return new Rollout(
        node.path("sample").asText(),
        ints((ArrayNode) node.withArray("prompt")),
        ints((ArrayNode) node.withArray("tokens")),
        node.path("text").asText(),
        node.path("ended").booleanValue(),
        node.path("correct").booleanValue(),
        node.path("reward").doubleValue(),
        node.path("advantage").doubleValue(),
        node.path("reference").doubleValue(),
        node.path("mismatch").asDouble(Double.NaN));
  }

  private static int[] ints(ArrayNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).intValue();
    }
    return values;
  }
}
