package dev.moonflow.training.trainer;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The gradients that stand in a parameter list. */
final class Gradients {
  private Gradients() {}

  /** Multiplies all of them. */
  static void scale(Parameters parameters, double factor) {
    try (Scope scope = new Scope();
        NoGradient off = new NoGradient()) {
      for (String name : parameters.trainedNames()) {
        Tensor gradient = parameters.get(name).grad();
        if (gradient.defined()) {
          gradient.mul_(new Scalar(factor));
        }
      }
    }
  }

  /** The first tensor whose gradient holds a value that is not finite. */
  static Optional<String> firstNotFinite(Parameters parameters) {
    for (String name : parameters.trainedNames()) {
      try (Scope scope = new Scope()) {
        Tensor gradient = parameters.get(name).grad();
        if (gradient.defined()) {
          for (float value : Tensors.floats(gradient)) {
            if (!Float.isFinite(value)) {
              return Optional.of(name);
            }
          }
        }
      }
    }
    return Optional.empty();
  }
}
