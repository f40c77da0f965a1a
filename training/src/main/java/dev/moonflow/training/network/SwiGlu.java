package dev.moonflow.training.network;

import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import org.bytedeco.pytorch.Tensor;

/** down(silu(gate(x)) * up(x)) with gradients (SPEC section 8.3). */
final class SwiGlu {
  private final Parameters parameters;
  private final Precision precision;

  SwiGlu(Parameters parameters, Precision precision) {
    this.parameters = parameters;
    this.precision = precision;
  }

  /**
   * One feed-forward.
   *
   * @param name prefix of {@code gate_proj}, {@code up_proj} and {@code down_proj}, ending in a dot
   * @param x [n, H]
   */
  Tensor apply(String name, Tensor x) {
    Tensor gate = linear(name + "gate_proj", x);
    return linear(name + "down_proj", Ops.silu(gate).mul(linear(name + "up_proj", x)));
  }

  private Tensor linear(String name, Tensor x) {
    return Ops.linear(x, parameters.get(name + ".weight"), precision.compute());
  }
}
