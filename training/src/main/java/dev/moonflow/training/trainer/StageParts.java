package dev.moonflow.training.trainer;

import dev.moonflow.training.batch.StepSource;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.trainer.log.TrainingListener;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.nio.file.Path;

/**
 * Everything that a loop works with.
 *
 * @param section how the stage is trained
 * @param folder of the stage; its checkpoints and logs go there
 * @param companions folder of the tokenizer and preprocessor files that go with every checkpoint
 * @param model the weights at hand: of the newest checkpoint if there is one
 * @param objective what is minimised
 * @param source where batches come from
 * @param optimizers makes the optimizer
 * @param ranks who takes part
 * @param listener who is told
 * @param stop who may ask for the end
 */
public record StageParts<B>(
    StageSection section,
    Path folder,
    Path companions,
    TrainableKimiVl model,
    Objective<B> objective,
    StepSource<B> source,
    OptimizerFactory optimizers,
    Ranks ranks,
    TrainingListener listener,
    StopSignal stop) {

  /** The model's parameters and the objective's, in that order. */
  Parameters allParameters() {
    Parameters all = new Parameters();
    model.parameters().names().forEach(name -> all.add(name, model.parameters().get(name)));
    Parameters extra = objective.extra();
    extra.names().forEach(name -> all.add(name, extra.get(name)));
    return all;
  }
}
