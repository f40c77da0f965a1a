package dev.moonflow.model.checkpoint;

/** Gives stretches of tensors by name, as floats. Thread-safe. */
@FunctionalInterface
public interface TensorRows {
  /**
   * Reads some elements of a tensor, row-major.
   *
   * @param name of the checkpoint's catalogue
   * @param from first element
   * @param count elements
   * @param target receives them from index 0 on
   */
  void read(String name, long from, int count, float[] target);
}
