package dev.moonflow.training.stage;

import dev.moonflow.model.checkpoint.ConfigWriter;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that a stage begins with: that of the stage before, or one beside it with the same
 * weights and another rotary base or context.
 */
final class StartFolder {
  private StartFolder() {}

  /** The configuration that the stage trains. */
  static KimiVlConfig config(KimiVlConfig before, StageSection section, boolean extendsContext) {
    TextConfig text = before.text();
    int context = section.packing().contextTokens();
    if (context > text.maxPositions() && !extendsContext) {
      throw new RecipeException(
          "stage %s: context %d is longer than the %d positions of the model, and only long-context extends them."
              .formatted(section.name(), context, text.maxPositions()));
    }
    double base = section.ropeBase().orElse(text.ropeTheta());
    TextConfig changed = withPositions(text, base, Math.max(context, text.maxPositions()));
    return new KimiVlConfig(before.vision(), changed, before.mediaTokenId());
  }

  private static TextConfig withPositions(TextConfig t, double ropeBase, int positions) {
    return new TextConfig(
        t.vocabSize(),
        t.hiddenSize(),
        t.layers(),
        t.heads(),
        t.kvLoraRank(),
        t.qkNopeHeadDim(),
        t.qkRopeHeadDim(),
        t.vHeadDim(),
        t.intermediateSize(),
        t.moeIntermediateSize(),
        t.routedExperts(),
        t.expertsPerToken(),
        t.sharedExperts(),
        t.groups(),
        t.topKGroups(),
        t.normalizeTopK(),
        t.routedScalingFactor(),
        ropeBase,
        t.rmsNormEps(),
        t.firstDenseLayers(),
        positions,
        t.tiedEmbeddings());
  }

  /**
   * A folder with that configuration.
   *
   * @param beside made where the configuration differs; weights are linked or copied there
   */
  static Path of(Path before, KimiVlConfig config, Path beside) throws IOException {
    if (KimiVlConfig.read(before.resolve("config.json")).equals(config)) {
      return before;
    }
    Files.createDirectories(beside);
    for (Path file : files(before)) {
      Path target = beside.resolve(file.getFileName());
      Files.deleteIfExists(target);
      if (!file.getFileName().toString().equals("config.json")) {
        link(file, target);
      }
    }
    ConfigWriter.write(beside.resolve("config.json"), config, DType.F32);
    return beside;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isRegularFile).toList();
    }
  }

  private static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(file, target); // another disk
    }
  }
}
