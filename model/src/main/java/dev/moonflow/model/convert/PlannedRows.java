package dev.moonflow.model.convert;

import dev.moonflow.kernels.math.RowSource;
import dev.moonflow.model.checkpoint.PlannedTensor;
import dev.moonflow.model.checkpoint.TensorRows;

/** The rows of a planned matrix, in ascending order, read some at a time. */
final class PlannedRows implements RowSource {
  private static final int ROWS = 64;

  private final TensorRows source;
  private final PlannedTensor tensor;
  private final int out;
  private final int in;
  private final float[] block;
  private int blockStart = -1;

  PlannedRows(TensorRows source, PlannedTensor tensor) {
    this.source = source;
    this.tensor = tensor;
    this.out = tensor.shape().get(0);
    this.in = tensor.shape().get(1);
    boolean columns = tensor.part() == PlannedTensor.Part.COLUMNS;
    this.block = new float[(columns ? out : Math.min(ROWS, out)) * in];
  }

  @Override
  public void read(int index, float[] target) {
    if (tensor.part() == PlannedTensor.Part.COLUMNS) {
      if (blockStart < 0) {
        // The whole part: in rows of the source, each of out values.
        source.read(tensor.source(), (long) tensor.firstRow() * out, out * in, block);
        blockStart = 0;
      }
      for (int i = 0; i < in; i++) {
        target[i] = block[i * out + index];
      }
      return;
    }
    if (blockStart < 0 || index < blockStart || index >= blockStart + ROWS) {
      blockStart = index / ROWS * ROWS;
      int rows = Math.min(ROWS, out - blockStart);
      source.read(tensor.source(), (long) (tensor.firstRow() + blockStart) * in, rows * in, block);
    }
    System.arraycopy(block, (index - blockStart) * in, target, 0, in);
  }
}
