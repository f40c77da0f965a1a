package dev.moonflow.kernels.math;

/** A float array per thread that grows as needed, for one use that never nests in itself. */
final class Scratch {
  private static final float[] EMPTY = {};

  private final ThreadLocal<float[]> arrays = ThreadLocal.withInitial(() -> EMPTY);

  /** At least {@code size} values; what they hold is left over from the last use. */
  float[] atLeast(int size) {
    float[] array = arrays.get();
    if (array.length < size) {
      array = new float[size];
      arrays.set(array);
    }
    return array;
  }
}
