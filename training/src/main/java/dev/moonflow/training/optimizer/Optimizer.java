package dev.moonflow.training.optimizer;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Turns the gradients of a parameter list into one update of its tensors. */
public interface Optimizer extends AutoCloseable {

  /**
   * Applies one update from the gradients that stand in the parameters; does not clear them. A
   * parameter without a gradient in this step is left alone.
   *
   * @param learningRate of this step, before any scaling by shape
   * @throws ArithmeticException if the gradient is not finite; nothing has been changed then
   */
  void step(double learningRate);

  /**
   * Euclidean norm of the whole gradient as the last step found it, before clipping; the mean
   * gradient's where several ranks work together. NaN before the first step.
   */
  double gradientNorm();

  /**
   * Everything that must be kept to go on exactly: name to tensor, in a fixed order. The tensors
   * are the live ones: whoever keeps them beyond the next step copies them.
   */
  Map<String, Tensor> state();

  /**
   * Puts back what {@link #state} gave; names that are not needed are passed over.
   *
   * @throws IllegalArgumentException naming a tensor that is missing or has another shape
   */
  void restore(Map<String, Tensor> state);

  /** Bytes of optimizer state held by this process. */
  long stateBytes();

  @Override
  void close();
}
