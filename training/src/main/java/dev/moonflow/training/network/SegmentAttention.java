package dev.moonflow.training.network;

import dev.moonflow.training.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Attention within segments of a packed batch: block-diagonal, without an L x L mask (SPEC sections
 * 5.4 and 8.1).
 */
public final class SegmentAttention {
  private final SegmentGroups groups;
  private final boolean causal;

  /**
   * @param starts [S + 1] first row of each segment, then L
   * @param causal whether a row sees only rows before it
   */
  public SegmentAttention(int[] starts, boolean causal) {
    this.groups = new SegmentGroups(starts, causal);
    this.causal = causal;
  }

  /**
   * Attends.
   *
   * @param q [L, heads, d]
   * @param k [L, heads, d]
   * @param v [L, heads, dv], dv at most d
   * @return [L, heads, dv]
   */
  public Tensor attend(Tensor q, Tensor k, Tensor v) {
    long heads = q.size(1);
    long dim = q.size(2);
    long valueDim = v.size(2);
    double scale = 1 / Math.sqrt(dim);
    // The fused kernel wants one width; zeros in v only make zeros in the result.
    Tensor gq = groups.gathered(q);
    Tensor gk = groups.gathered(k);
    Tensor gv = Ops.padLast(groups.gathered(v), dim - valueDim);
    List<Tensor> results = new ArrayList<>();
    long row = 0;
    for (SegmentGroups.Group group : groups.groups()) {
      long rows = (long) group.count() * group.length();
      Tensor out =
          Ops.attention(
              batch(gq, row, group, heads, dim),
              batch(gk, row, group, heads, dim),
              batch(gv, row, group, heads, dim),
              causal,
              scale);
      results.add(out.transpose(1, 2).reshape(rows, heads, dim));
      row += rows;
    }
    Tensor all = groups.scattered(Ops.cat(results, 0));
    return valueDim == dim ? all : all.narrow(2, 0, valueDim);
  }

  /** Rows of one group as [n, heads, t, d]. */
  private static Tensor batch(Tensor x, long row, SegmentGroups.Group group, long heads, long dim) {
    return x.narrow(0, row, (long) group.count() * group.length())
        .reshape(group.count(), group.length(), heads, dim)
        .transpose(1, 2);
  }
}
