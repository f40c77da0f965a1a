package dev.moonflow.training.stage;

import dev.moonflow.training.trainer.OptimizerFactory;
import dev.moonflow.training.trainer.Ranks;
import dev.moonflow.training.trainer.StopSignal;
import dev.moonflow.training.trainer.log.TrainingListener;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a recipe is run.
 *
 * @param out folder of everything that the run writes
 * @param only the one stage to run; empty for all
 * @param resume whether what is there is gone on with; otherwise it is removed first
 * @param sources opens generators and shards
 * @param ranks who takes part
 * @param optimizers makes the optimizers of a stage
 * @param listener who is told
 * @param stop who may ask for the end
 */
public record RunSettings(
    Path out,
    Optional<String> only,
    boolean resume,
    SourceOpener sources,
    Ranks ranks,
    Function<StageSection, OptimizerFactory> optimizers,
    TrainingListener listener,
    StopSignal stop) {

  /** One process that runs all stages, silently, going on with what is there. */
  public static RunSettings alone(Path out, SourceOpener sources) {
    return new RunSettings(
        out,
        Optional.empty(),
        true,
        sources,
        Ranks.ALONE,
        section -> section.optimizer()::create,
        TrainingListener.SILENT,
        StopSignal.manual());
  }
}
