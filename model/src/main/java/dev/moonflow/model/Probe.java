package dev.moonflow.model;

/**
 * Watches a forward pass: is handed named intermediate values as they are made. For conformance and
 * for debugging; a pass without a probe computes the same bits.
 */
@FunctionalInterface
public interface Probe {

  /** Watches nothing. */
  Probe NONE = (name, values, shape) -> {};

  /**
   * Called once per stage, in the order of the computation.
   *
   * @param name the stage, for example {@code block.0}
   * @param values row-major from index 0, at least the product of the shape; the pass goes on to
   *     overwrite them, so what is kept must be copied
   * @param shape slowest dimension first
   */
  void tensor(String name, float[] values, int... shape);
}
