package dev.moonflow.training.optimizer;

import dev.moonflow.training.torch.InPlace;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The iteration that moves all singular values of a matrix towards one (SPEC section 12.1): X = N /
 * ‖N‖, then X = a X + (b S + c S S) X with S = X Xᵀ. Five rounds leave them between about 0.7 and
 * 1.2, which Muon needs no better.
 *
 * @param iterations rounds; 5 as published
 * @param format number format of the products
 */
public record NewtonSchulz(int iterations, Format format) {
  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;
  private static final double EPS = 1e-7;

  /** Number formats of the products. */
  public enum Format {
    /** As published. */
    BF16(ScalarType.BFloat16),
    /** Fastest on a processor without bfloat16 products. */
    F32(ScalarType.Float),
    /** For checks. */
    F64(ScalarType.Double);

    private final ScalarType type;

    Format(ScalarType type) {
      this.type = type;
    }

    /** LibTorch's name for it. */
    public ScalarType type() {
      return type;
    }
  }

  public NewtonSchulz {
    if (iterations < 1 || iterations > 100 || format == null) {
      throw new IllegalArgumentException("Newton-Schulz needs 1 to 100 iterations and a format");
    }
  }

  /**
   * Orthogonalises every matrix of a stack.
   *
   * @param stack [n, A, B]; not changed
   * @return [n, A, B] in the iteration's format
   */
  public Tensor orthogonalize(Tensor stack) {
    boolean tall = stack.size(1) > stack.size(2);
    Tensor x = stack.to(format.type());
    x = (tall ? x.transpose(1, 2) : x).contiguous();
    x = x.div(InPlace.frobenius(x).add_(new Scalar(EPS)));
    for (int i = 0; i < iterations; i++) {
      Tensor s = x.bmm(x.transpose(1, 2));
      Tensor polynomial = InPlace.multiplyAdd(B, s, C, s, s);
      x = InPlace.multiplyAdd(A, x, 1, polynomial, x);
    }
    return tall ? x.transpose(1, 2) : x;
  }
}
