package dev.moonflow.training.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The operators that training is written in, one face for what LibTorch spreads over overloads.
 * Shapes are row-major, slowest first; a linear layer with weight [out, in] computes x Wᵀ + b. All
 * are differentiable unless they say otherwise.
 */
public final class Ops {
  /** LibTorch's number for a loss that is summed. */
  private static final long SUM = 2;

  private Ops() {}

  /**
   * Threads inside one operator, for the whole process. OpenBLAS keeps threads of its own; left
   * alone they take every core for small products, and sums change with their number.
   */
  public static void threads(int count) {
    torch.set_num_threads(count);
    openblas_nolapack.blas_set_num_threads(count);
  }

  /** A tensor's format. The preset hands out a new object each time; this one can be compared. */
  public static ScalarType type(Tensor x) {
    return x.scalar_type().intern();
  }

  /** A format as an option of a factory. */
  public static TensorOptions options(ScalarType type) {
    return new TensorOptions(type);
  }

  /** Zeros of a shape. */
  public static Tensor zeros(ScalarType type, long... shape) {
    return torch.zeros(shape, options(type));
  }

  /** x [.., in] times weight [out, in] transposed, with both operands in a compute format. */
  public static Tensor linear(Tensor x, Tensor weight, ScalarType compute) {
    ScalarType kept = type(x);
    if (compute == kept) {
      return torch.linear(x, weight);
    }
    return torch.linear(x.to(compute), weight.to(compute)).to(kept);
  }

  /** The same with a bias [out]. */
  public static Tensor linear(Tensor x, Tensor weight, Tensor bias, ScalarType compute) {
    ScalarType kept = type(x);
    if (compute == kept) {
      return torch.linear(x, weight, new TensorOptional(bias));
    }
    Tensor y =
        torch.linear(x.to(compute), weight.to(compute), new TensorOptional(bias.to(compute)));
    return y.to(kept);
  }

  /** LayerNorm over the last dimension, weight and bias [D]. */
  public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double eps) {
    long[] shape = {weight.numel()};
    return torch.layer_norm(
        x, shape, new TensorOptional(weight), new TensorOptional(bias), eps, false);
  }

  /** RMSNorm over the last dimension: x / sqrt(mean x² + eps), times weight [D]. */
  public static Tensor rmsNorm(Tensor x, Tensor weight, double eps) {
    long[] shape = {weight.numel()};
    return torch.rms_norm(x, shape, new TensorOptional(weight), new DoubleOptional(eps));
  }

  /**
   * Scaled dot-product attention.
   *
   * @param q [batch, heads, T, d]
   * @param k [batch, heads, T, d]
   * @param v [batch, heads, T, d]; all three of one width, else the fused kernel is not taken
   * @param causal whether a query sees only keys up to itself
   * @param scale on the products
   * @return [batch, heads, T, d]
   */
  public static Tensor attention(Tensor q, Tensor k, Tensor v, boolean causal, double scale) {
    return torch.scaled_dot_product_attention(
        q, k, v, new TensorOptional(), 0.0, causal, new DoubleOptional(scale), false);
  }

  /** x sigmoid(x). */
  public static Tensor silu(Tensor x) {
    return torch.silu(x);
  }

  /** 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))). */
  public static Tensor geluTanh(Tensor x) {
    return torch.gelu(x, "tanh");
  }

  /** 0.5 x (1 + erf(x / √2)). */
  public static Tensor geluErf(Tensor x) {
    return torch.gelu(x, "none");
  }

  /** Logistic function. */
  public static Tensor sigmoid(Tensor x) {
    return torch.sigmoid(x);
  }

  /** log sigmoid(x), stable for large |x|. */
  public static Tensor logSigmoid(Tensor x) {
    return torch.log_sigmoid(x);
  }

  /** log softmax over the last dimension. */
  public static Tensor logSoftmax(Tensor x) {
    return torch.log_softmax(x, -1);
  }

  /** Tensors side by side along a dimension. */
  public static Tensor cat(List<Tensor> tensors, long dim) {
    if (tensors.size() == 1) {
      return tensors.get(0);
    }
    return torch.cat(new TensorVector(tensors.toArray(Tensor[]::new)), dim);
  }

  /**
   * Consecutive parts of a tensor, views of it. Parts that are taken out one by one would each get
   * a gradient as large as the whole, mostly zeros, all of which are added up; the gradient of a
   * split is one joining of its parts.
   *
   * @param sizes of the parts along the dimension; together its size
   */
  public static List<Tensor> split(Tensor x, long dim, long... sizes) {
    if (sizes.length == 1) {
      return List.of(x);
    }
    List<Tensor> parts = new ArrayList<>();
    try (TensorVector all = torch.split(x, sizes, dim)) {
      for (long i = 0; i < sizes.length; i++) {
        parts.add(new Tensor(all.get(i))); // another handle: the vector's own end with it
      }
    }
    return parts;
  }

  /** Tensors of one shape on a new dimension. */
  public static Tensor stack(List<Tensor> tensors, long dim) {
    return torch.stack(new TensorVector(tensors.toArray(Tensor[]::new)), dim);
  }

  /** Rows of a matrix or higher tensor by index [n], along the first dimension. */
  public static Tensor rows(Tensor x, Tensor index) {
    return x.index_select(0, index);
  }

  /**
   * Sequences that lie one after another, side by side: [sum of lengths, C] to [longest, n, C].
   * Where a sequence has ended its first row stands again.
   */
  public static Tensor padded(Tensor x, long[] lengths) {
    int longest = (int) Arrays.stream(lengths).max().orElseThrow();
    int[] places = new int[longest * lengths.length];
    int first = 0;
    for (int i = 0; i < lengths.length; i++) {
      for (int t = 0; t < longest; t++) {
        places[t * lengths.length + i] = t < lengths[i] ? first + t : first;
      }
      first += (int) lengths[i];
    }
    return rows(x, Tensors.indices(places)).reshape(longest, lengths.length, x.size(1));
  }

  /**
   * Connectionist temporal classification (Graves et al. 2006): the sum over sequences of -log of
   * the probability of all paths that spell the target; 0, with no gradient, where there is none.
   *
   * @param logs [T, n, C] log probabilities
   * @param targets classes of all sequences, one after another; none is the blank
   * @param inputLengths [n] rows that count of each sequence
   * @param targetLengths [n]
   */
  public static Tensor ctcLoss(
      Tensor logs, Tensor targets, long[] inputLengths, long[] targetLengths, int blank) {
    return torch.ctc_loss(
        logs,
        targets,
        Tensor.create(inputLengths, inputLengths.length),
        Tensor.create(targetLengths, targetLengths.length),
        blank,
        SUM,
        true);
  }

  /** Rows of an embedding table [V, H] by ids [T]. */
  public static Tensor embedding(Tensor table, Tensor ids) {
    return torch.embedding(table, ids);
  }

  /** Zeros of as many rows, with row i of x added to row index[i]; x [n, ..], index [n]. */
  public static Tensor scatterRows(Tensor x, Tensor index, long rows) {
    long[] shape = x.shape();
    shape[0] = rows;
    return zeros(type(x), shape).index_add(0, index, x);
  }

  /** Appends zeros to the last dimension. */
  public static Tensor padLast(Tensor x, long extra) {
    return extra == 0 ? x : torch.constant_pad_nd(x, new long[] {0, extra}, new Scalar(0.0));
  }

  /**
   * Rotates adjacent pairs (x[2i], x[2i+1]) by angles (SPEC sections 5.3 and 8.2).
   *
   * @param x [T, heads, d], d even
   * @param cos [T, 1, d / 2]
   * @param sin [T, 1, d / 2]
   */
  public static Tensor rotatePairs(Tensor x, Tensor cos, Tensor sin) {
    long[] shape = x.shape();
    Tensor pairs = x.reshape(shape[0], shape[1], shape[2] / 2, 2);
    List<Tensor> sides = split(pairs, 3, 1, 1);
    Tensor even = sides.get(0).squeeze(3);
    Tensor odd = sides.get(1).squeeze(3);
    Tensor a = even.mul(cos).sub(odd.mul(sin));
    Tensor b = even.mul(sin).add(odd.mul(cos));
    return stack(List.of(a, b), 3).reshape(shape);
  }

  /** Indices that sort the last dimension from the largest down, equal values in their order. */
  public static Tensor argsortDescending(Tensor x) {
    return torch.argsort(x, true, -1, true);
  }

  /** Indices that sort a vector upwards, equal values in their order. */
  public static Tensor argsortStable(Tensor x) {
    return torch.argsort(x, true, -1, false);
  }

  /** Values of the last dimension by index of the same rank. */
  public static Tensor gatherLast(Tensor x, Tensor index) {
    return x.gather(-1, index);
  }

  /** Sum over one dimension, which stays as 1 where asked. */
  public static Tensor sum(Tensor x, long dim, boolean keep) {
    return x.sum(new long[] {dim}, keep, new ScalarTypeOptional());
  }

  /** Mean over one dimension, which stays as 1 where asked. */
  public static Tensor mean(Tensor x, long dim, boolean keep) {
    return x.mean(new long[] {dim}, keep, new ScalarTypeOptional());
  }

  /** x times a number. */
  public static Tensor scale(Tensor x, double factor) {
    return x.mul(new Scalar(factor));
  }

  /** x plus a number. */
  public static Tensor plus(Tensor x, double value) {
    return x.add(new Scalar(value));
  }

  /**
   * Bicubic interpolation of a table to a grid (SPEC appendix B).
   *
   * @param table [rows, cols, D]
   * @return [gridRows * gridCols, D]
   */
  public static Tensor interpolate(Tensor table, long gridRows, long gridCols) {
    long dim = table.size(2);
    if (table.size(0) == gridRows && table.size(1) == gridCols) {
      return table.reshape(gridRows * gridCols, dim);
    }
    Tensor planes = table.permute(2, 0, 1).unsqueeze(0).contiguous();
    Tensor grid =
        torch.upsample_bicubic2d(
            planes,
            new long[] {gridRows, gridCols},
            false,
            new DoubleOptional(),
            new DoubleOptional());
    return grid.squeeze(0).permute(1, 2, 0).reshape(gridRows * gridCols, dim);
  }

  /** e to the x. */
  public static Tensor exp(Tensor x) {
    return x.exp();
  }

  /** Rows of the last dimension divided by their Euclidean length; a row of zeros stays zero. */
  public static Tensor unitLength(Tensor x) {
    Tensor squares = sum(x.mul(x), x.dim() - 1, true);
    return x.mul(plus(squares, 1e-24).rsqrt());
  }

  /** The identity matrix [n, n]. */
  public static Tensor identity(long n, ScalarType type) {
    return torch.eye(n, options(type));
  }
}
