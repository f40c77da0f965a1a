package dev.moonflow.training.trainer.recipe;

import dev.moonflow.training.batch.PackingSettings;
import dev.moonflow.training.optimizer.OptimizerSettings;
import dev.moonflow.training.torch.Precision;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How one stage is trained.
 *
 * @param name unique in the recipe; the stage's folder
 * @param kind which class trains it
 * @param steps updates of the weights
 * @param seed of its data and of everything else that it draws
 * @param data sources; may be empty for a stage that makes its own
 * @param packing from examples to micro-batches
 * @param microBatches of a step, over all ranks
 * @param rate learning rate by step
 * @param optimizer who updates what
 * @param precision of products
 * @param recompute whether activations are made again for the gradients
 * @param trained patterns of the tensors that are trained, {@code *} for any characters; empty:
 *     what the kind of stage trains
 * @param ropeBase base of the language model's rotary frequencies; empty: the model's own
 * @param balanceLoss factor of the sequence-wise balance loss
 * @param biasRate size of the expert bias's moves after each step; 0 for none
 * @param checkpointInterval steps from one checkpoint to the next
 * @param checkpointsKept checkpoints that stay
 * @param options keys of the kind of stage
 * @param hash of everything that what is learnt depends on, without the model's section
 */
public record StageSection(
    String name,
    String kind,
    long steps,
    long seed,
    List<SourceSection> data,
    PackingSettings packing,
    int microBatches,
    RateSection rate,
    OptimizerSettings optimizer,
    Precision precision,
    boolean recompute,
    List<String> trained,
    OptionalDouble ropeBase,
    double balanceLoss,
    double biasRate,
    long checkpointInterval,
    int checkpointsKept,
    RecipeFields options,
    String hash) {
  public StageSection {
    data = List.copyOf(data);
    trained = List.copyOf(trained);
  }
}
