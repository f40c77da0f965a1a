package dev.moonflow.kernels.dense;

import dev.moonflow.kernels.math.Matrix;
import dev.moonflow.kernels.math.WorkerPool;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** A matrix of packed weights, multiplied by a provider. Immutable; any thread may use it. */
public final class PackedMatrix implements Matrix {
  private static final ThreadLocal<int[]> SUMS =
      ThreadLocal.withInitial(() -> new int[DenseProvider.ROWS * DenseProvider.OUTPUTS]);
  private static final ThreadLocal<float[]> PRODUCTS =
      ThreadLocal.withInitial(() -> new float[DenseProvider.ROWS * DenseProvider.OUTPUTS]);

  private final PackedWeights packed;
  private final MappedWeights weights;
  private final DenseProvider provider;

  private PackedMatrix(PackedWeights packed, DenseProvider provider) {
    this.packed = packed;
    this.weights = MappedWeights.of(packed);
    this.provider = provider;
  }

  /** A matrix of these weights, which stay where they are. */
  public static PackedMatrix of(PackedWeights weights, DenseProvider provider) {
    return new PackedMatrix(weights, Objects.requireNonNull(provider, "provider"));
  }

  @Override
  public int out() {
    return packed.out();
  }

  @Override
  public int in() {
    return packed.in();
  }

  /** The format of its weights. */
  public WeightFormat format() {
    return packed.format();
  }

  @Override
  public void row(int index, float[] target, int offset) {
    Objects.checkIndex(index, out());
    packed.row(index, target, offset);
  }

  @Override
  public void multiply(
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      float[] bias,
      float[] y,
      int yOffset,
      int yStride) {
    check(x, xOffset, xStride, rows, bias, y, yOffset, yStride);
    if (rows == 0) {
      return;
    }
    boolean integers = packed.format() != WeightFormat.BF16;
    QuantizedRows.Form form = integers ? provider.form(packed.format(), rows) : null;
    QuantizedRows quantized =
        integers
            ? QuantizedRows.of(x, xOffset, xStride, rows, in(), packed.paddedIn(), form)
            : null;
    Object activations = integers ? null : provider.activations(weights, x, xOffset, xStride, rows);
    int padded = WeightFormat.paddedOut(out());
    int across = (padded + DenseProvider.OUTPUTS - 1) / DenseProvider.OUTPUTS;
    int down = (rows + DenseProvider.ROWS - 1) / DenseProvider.ROWS;
    WorkerPool.shared()
        .forEach(
            across * down,
            (long) rows * padded * in(),
            task -> {
              int output = task % across * DenseProvider.OUTPUTS;
              int row = task / across * DenseProvider.ROWS;
              int outputs = Math.min(DenseProvider.OUTPUTS, padded - output);
              int count = Math.min(DenseProvider.ROWS, rows - row);
              int to = yOffset + row * yStride;
              if (integers) {
                int[] sums = SUMS.get();
                provider.sums(weights, quantized, row, count, output, outputs, sums);
                scaled(quantized, row, count, output, outputs, sums, bias, y, to, yStride);
              } else {
                float[] products = PRODUCTS.get();
                provider.products(weights, activations, row, count, output, outputs, products);
                biased(count, output, outputs, products, bias, y, to, yStride);
              }
            });
  }

  /** y = float(sum) * (s t) + b. */
  private void scaled(
      QuantizedRows x,
      int row,
      int rows,
      int output,
      int outputs,
      int[] sums,
      float[] bias,
      float[] y,
      int to,
      int yStride) {
    float[] scales = new float[outputs];
    packed.scales(output, outputs, scales);
    int count = Math.min(outputs, out() - output);
    for (int r = 0; r < rows; r++) {
      float s = x.scale(row + r);
      int at = to + r * yStride + output;
      int from = r * outputs;
      int o = 0;
      for (; o + MappedVectors.WIDTH <= count; o += MappedVectors.WIDTH) {
        IntVector sum = IntVector.fromArray(MappedVectors.INTS, sums, from + o);
        FloatVector v =
            ((FloatVector) sum.convert(VectorOperators.I2F, 0))
                .mul(FloatVector.fromArray(MappedVectors.FLOATS, scales, o).mul(s));
        if (bias != null) {
          v = v.add(FloatVector.fromArray(MappedVectors.FLOATS, bias, output + o));
        }
        v.intoArray(y, at + o);
      }
      for (; o < count; o++) {
        float v = sums[from + o] * (scales[o] * s);
        y[at + o] = bias == null ? v : v + bias[output + o];
      }
    }
  }

  private void biased(
      int rows,
      int output,
      int outputs,
      float[] products,
      float[] bias,
      float[] y,
      int to,
      int yStride) {
    int count = Math.min(outputs, out() - output);
    for (int r = 0; r < rows; r++) {
      int at = to + r * yStride + output;
      System.arraycopy(products, r * outputs, y, at, count);
      if (bias != null) {
        for (int o = 0; o < count; o++) {
          y[at + o] += bias[output + o];
        }
      }
    }
  }

  private void check(
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      float[] bias,
      float[] y,
      int yOffset,
      int yStride) {
    if (rows < 0 || xStride < 0 || yStride < out()) {
      throw new IllegalArgumentException(
          "rows %d, strides %d and %d do not fit %d outputs"
              .formatted(rows, xStride, yStride, out()));
    }
    if (rows > 0) {
      checkSpan("x", xOffset, (rows - 1L) * xStride + in(), x.length);
      checkSpan("y", yOffset, (rows - 1L) * yStride + out(), y.length);
    }
    if (bias != null && bias.length != out()) {
      throw new IllegalArgumentException(
          "a bias of %d values for %d outputs".formatted(bias.length, out()));
    }
  }

  private static void checkSpan(String name, int offset, long span, int length) {
    if (offset < 0 || offset + span > length) {
      throw new IllegalArgumentException(
          "%s has %d values, the product needs %d".formatted(name, length, offset + span));
    }
  }
}
