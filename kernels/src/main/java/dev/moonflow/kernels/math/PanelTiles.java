package dev.moonflow.kernels.math;

/** The float tiles of this package for weights that another package lays out in panels. */
public final class PanelTiles {
  /** Outputs in a panel. */
  public static final int PANEL = Lanes.PANEL;

  /** Inputs whose products are summed before they join a total. */
  public static final int INPUTS = BlockedProduct.INPUTS;

  private PanelTiles() {}

  /**
   * y = x Wᵀ, or y + x Wᵀ, each output reduced over the inputs in ascending order.
   *
   * @param x row r at {@code xOffset + r * xStride}, {@code inputs} values
   * @param panels panel p begins at {@code p * panelStride} and holds {@value #PANEL} weights of
   *     each input, one for each output
   * @param outputs a multiple of {@value #PANEL}
   * @param y row r at {@code yOffset + r * yStride}
   * @param add whether y is added to
   */
  public static void product(
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      float[] panels,
      int panelStride,
      int inputs,
      int outputs,
      float[] y,
      int yOffset,
      int yStride,
      boolean add) {
    PanelProduct.run(
        new PanelProduct.Rows(x, xOffset, xStride),
        rows,
        new PanelProduct.Weights(panels, 0, panelStride, Lanes.PANEL),
        inputs,
        outputs,
        new PanelProduct.Rows(y, yOffset, yStride),
        add);
  }
}
