package dev.moonflow.training.trainer;

import dev.moonflow.training.network.ExpertLoad;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.optimizer.ExpertBiasUpdate;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/** The selection biases of a model's experts: moved after a step by the load, not by gradients. */
final class ExpertBiases {
  /** What their names end with. */
  static final String NAME = "mlp.gate.e_score_correction_bias";

  private ExpertBiases() {}

  /** The bias of a layer, as in the checkpoint. */
  static String name(int layer) {
    return "language_model.model.layers." + layer + "." + NAME;
  }

  /** Moves the biases of all layers that have experts. */
  static void move(Parameters parameters, ExpertLoad load, ExpertBiasUpdate update) {
    for (int layer = 0; layer < load.counts().length; layer++) {
      if (load.counts()[layer].length == 0 || !parameters.has(name(layer))) {
        continue;
      }
      try (Scope scope = new Scope();
          NoGradient off = new NoGradient()) {
        Tensor bias = parameters.get(name(layer));
        float[] next = update.next(Tensors.floats(bias), load.counts()[layer]);
        bias.detach().copy_(Tensors.of(next, Ops.type(bias), next.length));
      }
    }
  }
}
