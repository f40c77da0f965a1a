package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.VisionConfig;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import org.bytedeco.pytorch.Tensor;

/** The projector with gradients (SPEC section 6): merged patches to rows of the language model. */
final class Projector {
  private static final String NAME = "multi_modal_projector.";

  private final Parameters parameters;
  private final Precision precision;

  Projector(Parameters parameters, Precision precision) {
    this.parameters = parameters;
    this.precision = precision;
  }

  /** From [M, 4, D] to [M, H]. */
  Tensor project(Tensor merged) {
    Tensor normed =
        Ops.layerNorm(
            merged,
            parameters.get(NAME + "pre_norm.weight"),
            parameters.get(NAME + "pre_norm.bias"),
            VisionConfig.LAYER_NORM_EPS);
    Tensor joined = normed.reshape(merged.size(0), merged.size(1) * merged.size(2));
    return linear("linear_2", Ops.geluErf(linear("linear_1", joined)));
  }

  private Tensor linear(String name, Tensor x) {
    return Ops.linear(
        x,
        parameters.get(NAME + name + ".weight"),
        parameters.get(NAME + name + ".bias"),
        precision.compute());
  }
}
