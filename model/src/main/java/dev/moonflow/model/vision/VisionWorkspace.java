package dev.moonflow.model.vision;

import dev.moonflow.kernels.math.WorkerPool;
import dev.moonflow.model.checkpoint.VisionConfig;

/** The arrays of one forward pass over L patches of width D. */
final class VisionWorkspace {
  /** Patches whose MLP is computed at once. */
  static final int MLP_ROWS = 1024;

  /** Values per task of the residual addition. */
  private static final int CHUNK = 1 << 16;

  /** L. */
  final int patches;

  /** [L, D], the residual stream. */
  final float[] x;

  /** [L, D], what a sublayer reads and writes. */
  final float[] y;

  /** [L, D], attention's output, head by head. */
  final float[] heads;

  /** [L, 3, D], queries, keys and values. */
  final float[] qkv;

  /** [min(L, MLP_ROWS), intermediate size]. */
  final float[] wide;

  VisionWorkspace(int patches, VisionConfig config) {
    int dim = config.hiddenSize();
    long largest = 3L * patches * dim;
    if (largest > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "a packed batch of "
              + patches
              + " patches of width "
              + dim
              + " is too large for one array");
    }
    this.patches = patches;
    this.x = new float[patches * dim];
    this.y = new float[patches * dim];
    this.heads = new float[patches * dim];
    this.qkv = new float[3 * patches * dim];
    this.wide =
        new float[Math.multiplyExact(Math.min(patches, MLP_ROWS), config.intermediateSize())];
  }

  /** x = x + y. */
  void addToX() {
    addToX(y);
  }

  /** x = x + term, with a term of [L, D]. */
  void addToX(float[] term) {
    int tasks = (x.length + CHUNK - 1) / CHUNK;
    WorkerPool.shared().forEach(tasks, task -> add(term, x, task * CHUNK));
  }

  private static void add(float[] from, float[] to, int start) {
    int end = (int) Math.min(to.length, (long) start + CHUNK);
    for (int i = start; i < end; i++) {
      to[i] += from[i];
    }
  }
}
