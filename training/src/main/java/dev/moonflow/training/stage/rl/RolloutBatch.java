package dev.moonflow.training.stage.rl;

import dev.moonflow.training.network.PackedBatch;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Rollouts that go through the model at once.
 *
 * @param rollouts n
 * @param packed a segment for each, of which the answer's tokens are targets
 */
record RolloutBatch(List<Rollout> rollouts, PackedBatch packed) {
  RolloutBatch {
    rollouts = List.copyOf(rollouts);
  }

  /** log pi(answer | prompt) of each rollout, [n], with gradients where they are on. */
  Tensor logProbabilities(TrainableKimiVl model, Tape tape) {
    int[] rollout = new int[packed.length()];
    for (int s = 0; s < rollouts.size(); s++) {
      Arrays.fill(rollout, packed.segmentStarts()[s], packed.segmentStarts()[s + 1], s);
    }
    Tensor tokens = model.logProbabilities(packed, tape);
    return Ops.scatterRows(tokens, Tensors.indices(rollout), rollouts.size());
  }
}
