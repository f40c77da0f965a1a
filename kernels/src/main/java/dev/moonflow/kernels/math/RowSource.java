package dev.moonflow.kernels.math;

/** Gives the rows of a matrix that is being built, in ascending order. */
@FunctionalInterface
public interface RowSource {
  /**
   * Reads one row.
   *
   * @param index from 0
   * @param target [in], overwritten
   */
  void read(int index, float[] target);
}
