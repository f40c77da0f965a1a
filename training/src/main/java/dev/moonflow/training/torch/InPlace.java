package dev.moonflow.training.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Arithmetic on plain values, which optimizers are written in: the target is overwritten and
 * nothing is recorded for gradients. Parameters are passed through {@link #values} first.
 */
public final class InPlace {
  private InPlace() {}

  /** The storage of a parameter without its history: writing here changes the parameter. */
  public static Tensor values(Tensor parameter) {
    return parameter.detach();
  }

  /** The storage of a contiguous tensor as a vector. */
  public static Tensor flat(Tensor tensor) {
    return tensor.detach().view(-1);
  }

  /** Elements begin to end of a vector; shares storage. */
  public static Tensor range(Tensor vector, long begin, long end) {
    return vector.narrow(0, begin, end - begin);
  }

  /** target = target factor. */
  public static void scale(Tensor target, double factor) {
    target.mul_(new Scalar(factor));
  }

  /** target = target + factor x. */
  public static void add(Tensor target, Tensor x, double factor) {
    target.add_(x, new Scalar(factor));
  }

  /** target = target + share (x - target). */
  public static void blend(Tensor target, Tensor x, double share) {
    target.lerp_(x, new Scalar(share));
  }

  /** target = x, converted to the target's format. */
  public static void copy(Tensor target, Tensor x) {
    target.copy_(x);
  }

  /** target = 0. */
  public static void clear(Tensor target) {
    target.zero_();
  }

  /** x + factor y, in a new tensor. */
  public static Tensor sum(Tensor x, Tensor y, double factor) {
    return x.add(y, new Scalar(factor));
  }

  /** beta x + alpha y z for stacks of matrices [n, A, B], [n, A, K], [n, K, B]; a new tensor. */
  public static Tensor multiplyAdd(double beta, Tensor x, double alpha, Tensor y, Tensor z) {
    return x.baddbmm(y, z, new Scalar(beta), new Scalar(alpha));
  }

  /** Frobenius norms [n, 1, 1] of a stack [n, A, B], in its own format. */
  public static Tensor frobenius(Tensor stack) {
    long[] matrix = {1, 2};
    return torch.linalg_vector_norm(stack, new Scalar(2.0), matrix, true, new ScalarTypeOptional());
  }

  /** Sum of squares of each row [n, k] in float64: [n]. */
  public static Tensor rowSquares(Tensor rows) {
    long[] last = {1};
    return rows.to(ScalarType.Double).square().sum(last, false, new ScalarTypeOptional());
  }
}
