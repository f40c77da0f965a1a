package dev.moonflow.kernels.math;

import dev.moonflow.kernels.math.PanelProduct.Rows;

/**
 * How a large product is cut: into blocks of inputs, whose sums are added in order, and into blocks
 * of rows and groups of panels, which are the tasks of the worker pool.
 *
 * <p>Blocks of {@value #INPUTS} inputs keep long sums accurate (the error grows with the length of
 * a block plus their number, not with all inputs) and keep a block's weights in the cache while the
 * rows pass.
 */
final class BlockedProduct {
  /** Inputs whose products are summed before they join the total. */
  static final int INPUTS = 512;

  /** Rows that share one pass over the weights. */
  private static final int ROWS = 128;

  /** Tasks per thread, so that a slow thread leaves work to the others. */
  private static final int TASKS_PER_THREAD = 4;

  private BlockedProduct() {}

  /** Computes one block of inputs for one group of panels. */
  interface Block {
    /**
     * y = x Wᵀ for inputs {@code from} to {@code from + count}, or y + that where {@code from} is
     * above 0.
     *
     * @param x at the first row of the block and input {@code from}
     * @param y at the first row of the block and the first output of {@code panel}
     */
    void run(Rows x, int rows, int panel, int outputs, int from, int count, Rows y);
  }

  /** y = x Wᵀ + b through {@code block}. */
  static void run(Rows x, int rows, int in, int out, float[] bias, Rows y, Block block) {
    int panels = Lanes.panels(out);
    int rowBlocks = (rows + ROWS - 1) / ROWS;
    int group = panelsPerTask(Math.min(rows, ROWS), in, panels, rowBlocks);
    int groups = (panels + group - 1) / group;
    WorkerPool.shared()
        .forEach(
            rowBlocks * groups,
            task -> {
              int row = task / groups * ROWS;
              int panel = task % groups * group;
              int first = panel * Lanes.PANEL;
              int outputs = Math.min(group * Lanes.PANEL, out - first);
              int count = Math.min(ROWS, rows - row);
              Rows target = y.at(row, first);
              for (int from = 0; from < in; from += INPUTS) {
                int inputs = Math.min(INPUTS, in - from);
                block.run(x.at(row, from), count, panel, outputs, from, inputs, target);
              }
              if (bias != null) {
                addBias(bias, first, outputs, count, target);
              }
            });
  }

  /** A multiple of 4 panels, as the widest tile takes. */
  private static int panelsPerTask(int rows, int in, int panels, int rowBlocks) {
    int tasks = WorkerPool.shared().threads() * TASKS_PER_THREAD;
    long even = (long) panels * rowBlocks / tasks;
    long worthwhile = WorkerPool.TASK_WORK_MIN / Math.max(1, (long) rows * in * Lanes.PANEL) + 1;
    long group = Math.max(Math.max(even, worthwhile), 1);
    return (int) Math.min((group + 3) / 4 * 4, Integer.MAX_VALUE / Lanes.PANEL);
  }

  private static void addBias(float[] bias, int first, int outputs, int rows, Rows y) {
    for (int r = 0; r < rows; r++) {
      int at = y.offset() + r * y.stride();
      for (int o = 0; o < outputs; o++) {
        y.values()[at + o] += bias[first + o];
      }
    }
  }
}
