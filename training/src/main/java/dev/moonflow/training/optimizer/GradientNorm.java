package dev.moonflow.training.optimizer;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.InPlace;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Norm and clipping of a gradient. Squares are summed in float64 in an order that depends on
 * nothing but the shapes: LibTorch sums rows of a fixed length, Java adds the rows one by one.
 */
public final class GradientNorm {
  /** Short enough that LibTorch never shares a row among threads. */
  private static final long ROW = 16_384;

  private GradientNorm() {}

  /** Sum of squares of a contiguous tensor. */
  public static double squares(Tensor tensor) {
    try (Scope scope = new Scope()) {
      Tensor flat = InPlace.flat(tensor);
      long whole = flat.numel() / ROW * ROW;
      double sum = 0;
      if (whole > 0) {
        Tensor rows = InPlace.range(flat, 0, whole).view(-1, ROW);
        for (double row : Tensors.doubles(InPlace.rowSquares(rows))) {
          sum += row;
        }
      }
      if (whole < flat.numel()) {
        Tensor rest = InPlace.range(flat, whole, flat.numel()).view(1, -1);
        sum += Tensors.doubles(InPlace.rowSquares(rest))[0];
      }
      return sum;
    }
  }

  /** Norm of the gradients of some parameters, taken together; 0 where there is none. */
  public static double of(Parameters parameters, List<String> names) {
    double sum = 0;
    for (String name : names) {
      Tensor gradient = parameters.get(name).grad();
      sum += gradient.defined() ? squares(gradient.contiguous()) : 0;
    }
    return Math.sqrt(sum);
  }

  /**
   * What gradients of a norm are multiplied by so that it is at most {@code max}.
   *
   * @param max 0 for no limit
   * @throws ArithmeticException if the norm is not finite
   */
  public static double clipFactor(double norm, double max) {
    if (!Double.isFinite(norm)) {
      throw new ArithmeticException(
          "the gradient's norm is " + norm + "; the update was refused, no parameter has changed");
    }
    return max > 0 && norm > max ? max / norm : 1;
  }

  /** Multiplies the gradients of some parameters. */
  static void scale(Parameters parameters, List<String> names, double factor) {
    for (String name : names) {
      Tensor gradient = parameters.get(name).grad();
      if (gradient.defined()) {
        InPlace.scale(gradient, factor);
      }
    }
  }
}
