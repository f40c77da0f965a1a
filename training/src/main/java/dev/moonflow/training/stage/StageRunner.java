package dev.moonflow.training.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.training.batch.StepSource;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.optimizer.GroupPattern;
import dev.moonflow.training.optimizer.Method;
import dev.moonflow.training.trainer.Objective;
import dev.moonflow.training.trainer.StageParts;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One stage from its beginning, or from its newest checkpoint, to its end. */
final class StageRunner<B> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REPORT = "report.json";

  /** Moved by the load of the experts, never by gradients. */
  private static final String CORRECTION_BIAS = "e_score_correction_bias";

  private final Stage<B> stage;
  private final StageSection section;
  private final RunSettings settings;

  StageRunner(Stage<B> stage, StageSection section, RunSettings settings) {
    this.stage = stage;
    this.section = section;
    this.settings = settings;
  }

  /**
   * Trains.
   *
   * @param companions folder of tokenizer and preprocessor files
   */
  TrainingLoop.End run(TrainableKimiVl model, Path folder, Path companions) throws IOException {
    freeze(model);
    StageContext context =
        StageContext.of(section, model, folder, companions, settings.sources(), settings.ranks());
    try (Objective<B> objective = stage.objective(context);
        StepSource<B> source = stage.source(context, objective);
        TrainingLoop<B> loop =
            new TrainingLoop<>(
                new StageParts<>(
                    section,
                    folder,
                    companions,
                    model,
                    objective,
                    source,
                    settings.optimizers().apply(section),
                    settings.ranks(),
                    settings.listener(),
                    settings.stop()))) {
      if (loop.step() == section.steps()) {
        return TrainingLoop.End.FINISHED;
      }
      if (loop.step() == 0) {
        report(folder, "before", context);
      }
      TrainingLoop.End end = loop.run();
      if (end == TrainingLoop.End.FINISHED) {
        report(folder, "after", context);
      }
      tellRefusals(source);
      return end;
    }
  }

  private void freeze(TrainableKimiVl model) {
    List<String> patterns = section.trained().isEmpty() ? stage.trained() : section.trained();
    List<GroupPattern> groups =
        patterns.stream().map(pattern -> new GroupPattern(pattern, Method.FIXED)).toList();
    model
        .parameters()
        .trainOnly(
            name ->
                !name.endsWith(CORRECTION_BIAS)
                    && groups.stream().anyMatch(group -> group.accepts(name)));
    if (model.parameters().trainedNames().isEmpty()) {
      throw new RecipeException(
          "stage "
              + section.name()
              + ": no tensor of the model matches trained, "
              + patterns
              + ".");
    }
  }

  private void report(Path folder, String when, StageContext context) throws IOException {
    if (!settings.ranks().isFirst()) {
      return;
    }
    Map<String, Double> measured = stage.measure(context);
    if (measured.isEmpty()) {
      return;
    }
    Path file = folder.resolve(REPORT);
    Files.createDirectories(folder);
    ObjectNode root =
        Files.exists(file) ? (ObjectNode) JSON.readTree(file.toFile()) : JSON.createObjectNode();
    ObjectNode node = root.putObject(when);
    measured.forEach(node::put);
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    settings.listener().note("%s, %s: %s".formatted(section.name(), when, measured));
  }

  private void tellRefusals(StepSource<B> source) {
    if (settings.ranks().isFirst() && !source.refusals().isEmpty()) {
      settings
          .listener()
          .note("%s: examples left out or cut: %s".formatted(section.name(), source.refusals()));
    }
  }
}
