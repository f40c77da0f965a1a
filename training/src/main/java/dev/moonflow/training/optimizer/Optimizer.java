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
   */
  void step(double learningRate);

  /** Everything that must be kept to go on exactly: name to tensor, in a fixed order. */
  Map<String, Tensor> state();

  /**
   * Puts back what {@link #state} gave.
   *
   * @throws IllegalArgumentException naming a tensor that is missing or has another shape
   */
  void restore(Map<String, Tensor> state);

  /** Bytes of optimizer state held by this process. */
  long stateBytes();

  @Override
  void close();
}
