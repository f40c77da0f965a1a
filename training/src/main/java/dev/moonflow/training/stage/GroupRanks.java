package dev.moonflow.training.stage;

import dev.moonflow.training.distributed.RankGroup;
import dev.moonflow.training.distributed.ZeroOneOptimizer;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import dev.moonflow.training.trainer.OptimizerFactory;
import dev.moonflow.training.trainer.Ranks;
import dev.moonflow.training.trainer.recipe.StageSection;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The ranks of a group of processes; the group is the caller's. */
public record GroupRanks(RankGroup group) implements Ranks {

  @Override
  public int rank() {
    return group.rank();
  }

  @Override
  public int size() {
    return group.size();
  }

  @Override
  public double[] sum(double[] values) {
    if (values.length == 0) {
      return values;
    }
    try (Scope scope = new Scope()) {
      Tensor sums = Tensors.of(values, ScalarType.Double, values.length);
      group.allReduce(sums);
      return Tensors.doubles(sums);
    }
  }

  /** Optimizers that share their state over the group; matrices travel in float32. */
  public OptimizerFactory optimizers(StageSection section) {
    return parameters ->
        new ZeroOneOptimizer(parameters, section.optimizer(), group, ScalarType.Float);
  }
}
