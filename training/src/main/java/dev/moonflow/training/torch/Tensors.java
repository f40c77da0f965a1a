package dev.moonflow.training.torch;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Copies between Java arrays and tensors. Nothing is shared: both sides may be changed after. */
public final class Tensors {
  private Tensors() {}

  /** A tensor of a format from floats in row-major order. */
  public static Tensor of(float[] values, ScalarType type, long... shape) {
    Tensor tensor = Tensor.create(values, shape);
    return type == ScalarType.Float ? tensor : tensor.to(type);
  }

  /** A tensor of a format from doubles in row-major order. */
  public static Tensor of(double[] values, ScalarType type, long... shape) {
    Tensor tensor = Tensor.create(values, shape);
    return type == ScalarType.Double ? tensor : tensor.to(type);
  }

  /** Indices [n], 64 bits as LibTorch wants them. */
  public static Tensor indices(int[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return Tensor.create(wide, wide.length);
  }

  /** All values in row-major order, rounded to float. */
  public static float[] floats(Tensor tensor) {
    Tensor plain = tensor.detach().to(ScalarType.Float).contiguous();
    float[] values = new float[Math.toIntExact(plain.numel())];
    FloatBuffer buffer = plain.createBuffer();
    buffer.get(values);
    return values;
  }

  /** All values in row-major order as doubles. */
  public static double[] doubles(Tensor tensor) {
    Tensor plain = tensor.detach().to(ScalarType.Double).contiguous();
    double[] values = new double[Math.toIntExact(plain.numel())];
    DoubleBuffer buffer = plain.createBuffer();
    buffer.get(values);
    return values;
  }

  /** All values of an integer tensor in row-major order. */
  public static long[] longs(Tensor tensor) {
    Tensor plain = tensor.detach().to(ScalarType.Long).contiguous();
    long[] values = new long[Math.toIntExact(plain.numel())];
    LongBuffer buffer = plain.createBuffer();
    buffer.get(values);
    return values;
  }

  /** A new leaf tensor with the same values, which gradients will be taken for. */
  public static Tensor leaf(Tensor values) {
    return values.detach().clone().set_requires_grad(true);
  }
}
