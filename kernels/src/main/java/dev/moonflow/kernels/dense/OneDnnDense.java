package dev.moonflow.kernels.dense;

import com.sun.jna.Native;
import java.nio.ByteBuffer;

/**
 * Products through oneDNN, which reads INT8 and BF16 weights where they lie. INT4 weights are
 * multiplied by the portable kernel for few rows, and become INT8, a few blocks at a time, for
 * more: the sums are the same.
 */
final class OneDnnDense extends DenseProvider {
  /** From so many rows on, INT4 weights are expanded. */
  private static final int EXPAND_ROWS = 3;

  private final OneDnnEngine engine = new OneDnnEngine();
  private final PortableDense portable = new PortableDense();
  private final boolean bf16;

  OneDnnDense() {
    int isa = OneDnnApi.dnnl_get_effective_cpu_isa();
    if ((isa & OneDnnApi.ISA_AVX512_VNNI) != OneDnnApi.ISA_AVX512_VNNI) {
      throw new IllegalStateException(
          "this processor has no AVX-512 with VNNI, without which oneDNN's sums saturate");
    }
    bf16 = (isa & OneDnnApi.ISA_AVX512_BF16) == OneDnnApi.ISA_AVX512_BF16;
  }

  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public String description() {
    return "oneDNN, AVX-512 VNNI" + (bf16 ? " and BF16" : "; BF16 weights on the Vector API");
  }

  @Override
  QuantizedRows.Form form(WeightFormat format, int rows) {
    return format == WeightFormat.INT4 && rows < EXPAND_ROWS
        ? QuantizedRows.Form.PAIRS
        : QuantizedRows.Form.BYTES;
  }

  @Override
  void sums(
      MappedWeights w, QuantizedRows x, int row, int rows, int output, int outputs, int[] sums) {
    if (x.pairs() != null) {
      portable.sums(w, x, row, rows, output, outputs, sums);
      return;
    }
    PackedWeights packed = w.packed();
    int block = output / WeightFormat.BLOCK;
    ByteBuffer weights = packed.bytes();
    int at = 0;
    if (packed.format() == WeightFormat.INT4) {
      weights = DirectScratch.WEIGHTS.atLeast(Math.multiplyExact(outputs, x.padded()));
      Int4Expansion.blocks(w, block, outputs / WeightFormat.BLOCK, weights);
    } else {
      at = packed.block(block);
    }
    ByteBuffer target = DirectScratch.SUMS.atLeast(4 * ROWS * OUTPUTS);
    int from = row * x.padded();
    run(WeightFormat.INT8, rows, x.padded(), outputs, x.bytes(), from, weights, at, target);
    target.asIntBuffer().get(0, sums, 0, rows * outputs);
    int[] shift = new int[outputs];
    packed.sums(output, outputs, shift);
    for (int o = 0; o < outputs; o++) {
      shift[o] *= 128;
    }
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < outputs; o++) {
        sums[r * outputs + o] -= shift[o];
      }
    }
  }

  private void run(
      WeightFormat format,
      int rows,
      int in,
      int outputs,
      ByteBuffer x,
      int xAt,
      ByteBuffer w,
      int wAt,
      ByteBuffer y) {
    var shape = new OneDnnProduct.Shape(format, shapeRows(format, rows), in, outputs);
    engine.use(shape, product -> product.run(address(x) + xAt, address(w) + wAt, address(y)));
  }

  private static long address(ByteBuffer direct) {
    return com.sun.jna.Pointer.nativeValue(Native.getDirectBufferPointer(direct));
  }

  /** Few shapes: every shape is compiled once, in about a millisecond. */
  static int padded(int rows) {
    int unit = rows <= 16 ? 1 : rows <= 64 ? 8 : 32;
    return (rows + unit - 1) / unit * unit;
  }

  /**
   * For one row of BF16 oneDNN adds in another order than for more, so one row is two of which one
   * is not used.
   */
  private static int shapeRows(WeightFormat format, int rows) {
    return format == WeightFormat.BF16 ? Math.max(2, padded(rows)) : padded(rows);
  }

  @Override
  Object activations(MappedWeights w, float[] x, int xOffset, int xStride, int rows) {
    return bf16
        ? Bf16Rows.of(x, xOffset, xStride, rows, w.packed().in(), w.packed().paddedIn())
        : portable.activations(w, x, xOffset, xStride, rows);
  }

  @Override
  void products(MappedWeights w, Object x, int row, int rows, int output, int outputs, float[] y) {
    if (!bf16) {
      portable.products(w, x, row, rows, output, outputs, y);
      return;
    }
    int in = w.packed().paddedIn();
    ByteBuffer target = DirectScratch.SUMS.atLeast(4 * ROWS * OUTPUTS);
    int at = w.packed().block(output / WeightFormat.BLOCK);
    ByteBuffer source = ((Bf16Rows) x).bytes();
    run(WeightFormat.BF16, rows, in, outputs, source, row * in * 2, w.packed().bytes(), at, target);
    target.asFloatBuffer().get(0, y, 0, rows * outputs);
  }
}
