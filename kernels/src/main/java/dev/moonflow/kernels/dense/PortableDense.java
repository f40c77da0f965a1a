package dev.moonflow.kernels.dense;

import dev.moonflow.kernels.math.PanelTiles;

/**
 * Products on the Vector API. Few rows are multiplied straight from memory; for more, a block's
 * weights are widened to floats once and the float tiles multiply all rows with them, in stretches
 * of 512 inputs: such a sum of integers is below 2^24, so floats hold it exactly.
 */
final class PortableDense extends DenseProvider {
  /** From so many rows on, weights are widened. */
  private static final int WIDEN_ROWS = 4;

  private static final ThreadLocal<float[]> WIDE =
      ThreadLocal.withInitial(() -> new float[PanelTiles.INPUTS * WeightFormat.BLOCK]);
  private static final ThreadLocal<float[]> PARTIAL =
      ThreadLocal.withInitial(() -> new float[ROWS * WeightFormat.BLOCK]);

  /** Rows of floats, padded with zeros. */
  private record FloatRows(float[] values, int offset, int stride) {}

  @Override
  public String name() {
    return "portable";
  }

  @Override
  public String description() {
    return "Vector API, %d bits".formatted(MappedVectors.INTS.vectorBitSize());
  }

  @Override
  QuantizedRows.Form form(WeightFormat format, int rows) {
    return rows < WIDEN_ROWS ? QuantizedRows.Form.PAIRS : QuantizedRows.Form.FLOATS;
  }

  @Override
  void sums(
      MappedWeights w, QuantizedRows x, int row, int rows, int output, int outputs, int[] sums) {
    for (int o = 0; o < outputs; o += WeightFormat.BLOCK) {
      int block = (output + o) / WeightFormat.BLOCK;
      if (x.pairs() != null) {
        for (int r = 0; r < rows; r++) {
          dots(w, x, row + r, block, sums, r * outputs + o);
        }
      } else {
        widened(w, x, row, rows, block, sums, o, outputs);
      }
    }
  }

  /** One row with 64 outputs. */
  private static void dots(
      MappedWeights w, QuantizedRows x, int row, int block, int[] sums, int to) {
    PackedWeights packed = w.packed();
    int xo = row * x.padded() / 2;
    if (packed.format() == WeightFormat.INT8) {
      Int8Dot.block(w.memory(), packed.block(block), x.pairs(), xo, x.padded(), sums, to);
      return;
    }
    int groups = x.padded() / WeightFormat.GROUP;
    for (int p = 0; p < WeightFormat.BLOCK / WeightFormat.PANEL; p++) {
      int panel = packed.panel(block * WeightFormat.BLOCK / WeightFormat.PANEL + p);
      int at = to + p * WeightFormat.PANEL;
      Int4Dot.panel(
          w.memory(), panel, x.pairs(), xo, x.groupSums(), row * groups, groups, sums, at);
    }
  }

  private static void widened(
      MappedWeights w,
      QuantizedRows x,
      int row,
      int rows,
      int block,
      int[] sums,
      int to,
      int stride) {
    float[] wide = WIDE.get();
    float[] partial = PARTIAL.get();
    int in = x.padded();
    for (int from = 0; from < in; from += PanelTiles.INPUTS) {
      int inputs = Math.min(PanelTiles.INPUTS, in - from);
      Widening.block(w.packed(), w.memory(), block, from, inputs, wide);
      PanelTiles.product(
          x.floats(),
          row * in + from,
          in,
          rows,
          wide,
          inputs * PanelTiles.PANEL,
          inputs,
          WeightFormat.BLOCK,
          partial,
          0,
          WeightFormat.BLOCK,
          false);
      for (int r = 0; r < rows; r++) {
        for (int o = 0; o < WeightFormat.BLOCK; o++) {
          int sum = (int) partial[r * WeightFormat.BLOCK + o];
          int at = r * stride + to + o;
          sums[at] = from == 0 ? sum : sums[at] + sum;
        }
      }
    }
  }

  @Override
  Object activations(MappedWeights w, float[] x, int xOffset, int xStride, int rows) {
    int in = w.packed().in();
    int padded = w.packed().paddedIn();
    if (in == padded) {
      return new FloatRows(x, xOffset, xStride);
    }
    float[] copy = new float[Math.multiplyExact(rows, padded)];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, xOffset + r * xStride, copy, r * padded, in);
    }
    return new FloatRows(copy, 0, padded);
  }

  @Override
  void products(MappedWeights w, Object x, int row, int rows, int output, int outputs, float[] y) {
    FloatRows floats = (FloatRows) x;
    int in = w.packed().paddedIn();
    for (int o = 0; o < outputs; o += WeightFormat.BLOCK) {
      int block = (output + o) / WeightFormat.BLOCK;
      for (int from = 0; from < in; from += PanelTiles.INPUTS) {
        int inputs = Math.min(PanelTiles.INPUTS, in - from);
        int xo = floats.offset() + row * floats.stride() + from;
        if (rows < WIDEN_ROWS) {
          int at = w.packed().block(block) + from * 2 * WeightFormat.BLOCK;
          for (int r = 0; r < rows; r++) {
            int xr = xo + r * floats.stride();
            Bf16Dot.block(
                w.memory(), at, floats.values(), xr, inputs, y, r * outputs + o, from > 0);
          }
        } else {
          float[] wide = WIDE.get();
          Widening.block(w.packed(), w.memory(), block, from, inputs, wide);
          PanelTiles.product(
              floats.values(),
              xo,
              floats.stride(),
              rows,
              wide,
              inputs * PanelTiles.PANEL,
              inputs,
              WeightFormat.BLOCK,
              y,
              o,
              outputs,
              from > 0);
        }
      }
    }
  }
}
