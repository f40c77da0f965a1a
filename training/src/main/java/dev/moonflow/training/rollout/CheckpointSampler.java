package dev.moonflow.training.rollout;

import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.training.sample.Digests;
import dev.moonflow.training.sample.FileProblem;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.answer.AnswerSampler;
import dev.moonflow.training.sample.answer.SamplerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens {@link EngineSampler}s on a checkpoint folder.
 *
 * @param folder of the checkpoint
 * @param temperature 0 to 2; above 0 where more than one answer is wanted
 * @param maxNewTokens tokens of an answer at most, at least 1
 * @param maxContext tokens of prompt and answer at most, at least 2; the model may have fewer
 */
public record CheckpointSampler(String folder, double temperature, int maxNewTokens, int maxContext)
    implements SamplerFactory {
  private static final long serialVersionUID = 1L;

  public CheckpointSampler {
    if (!(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("the temperature must lie in [0, 2]: " + temperature);
    }
    if (maxNewTokens < 1 || maxContext < 2) {
      throw new IllegalArgumentException(
          "an answer needs at least 1 token and the context at least 2: %d, %d"
              .formatted(maxNewTokens, maxContext));
    }
  }

  @Override
  public AnswerSampler open() {
    EngineLimits usual = EngineLimits.defaults();
    EngineLimits limits =
        new EngineLimits(
            usual.maxRunning(),
            usual.maxPatchesPerStep(),
            usual.maxTokensPerStep(),
            Math.max(usual.maxCacheTokens(), maxContext),
            usual.maxPatchesPerRequest(),
            maxContext);
    try {
      return new EngineSampler(
          PolicyEngine.load(Path.of(folder), limits), temperature, maxNewTokens);
    } catch (CheckpointException | DeviceException e) {
      throw new SampleException("the model " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** The hash of every file of the checkpoint, and the settings. Reads the weights once. */
  @Override
  public String identity() {
    StringBuilder text = new StringBuilder();
    text.append(temperature).append(' ').append(maxNewTokens).append(' ').append(maxContext);
    for (Path file : files()) {
      try {
        text.append('\n').append(file.getFileName()).append(' ').append(Digests.hex(file));
      } catch (IOException e) {
        throw new SampleException(
            "the model's file " + file + " cannot be read: " + FileProblem.words(e), e);
      }
    }
    return text.toString();
  }

  private List<Path> files() {
    Path dir = Path.of(folder);
    if (!Files.isRegularFile(dir.resolve("config.json"))) {
      throw new SampleException(
          "there is no model in " + folder + ": a checkpoint folder has a config.json");
    }
    try (var files = Files.list(dir)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(json|safetensors|model|jinja)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SampleException(
          "the model folder " + folder + " cannot be read: " + FileProblem.words(e), e);
    }
  }
}
