package dev.moonflow.model.language;

import dev.moonflow.model.Probe;

/**
 * What attention shows to a probe, under {@code attention.LAYER.}; nothing where there is none.
 * Called from several threads, it calls the probe one at a time.
 */
record AttentionTaps(Probe probe, int layer) {

  /** Whether anyone looks. */
  boolean on() {
    return probe != Probe.NONE;
  }

  /** Shows an array. */
  void tensor(String name, float[] values, int... shape) {
    if (on()) {
      synchronized (this) {
        probe.tensor("attention." + layer + "." + name, values, shape);
      }
    }
  }

  /** Shows the first {@code count} values of some rows of an array that may hold more. */
  void rows(String name, float[] values, int stride, int rows, int count) {
    if (on()) {
      float[] picked = new float[rows * count];
      for (int r = 0; r < rows; r++) {
        System.arraycopy(values, r * stride, picked, r * count, count);
      }
      tensor(name, picked, rows, count);
    }
  }

  /** Shows columns {@code from} to {@code from + count} of rows that lie {@code stride} apart. */
  void columns(String name, float[] values, int stride, int from, int count, int... shape) {
    if (on()) {
      float[] picked = new float[values.length / stride * count];
      for (int r = 0; r < values.length / stride; r++) {
        System.arraycopy(values, r * stride + from, picked, r * count, count);
      }
      tensor(name, picked, shape);
    }
  }
}
