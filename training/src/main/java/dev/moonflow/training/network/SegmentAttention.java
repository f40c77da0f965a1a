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
    List<Tensor> queries = groups.split(groups.gathered(q));
    List<Tensor> keys = groups.split(groups.gathered(k));
    List<Tensor> values = groups.split(Ops.padLast(groups.gathered(v), dim - valueDim));
    List<Tensor> results = new ArrayList<>();
    for (int g = 0; g < queries.size(); g++) {
      SegmentGroups.Group group = groups.groups().get(g);
      Tensor out =
          Ops.attention(
              batch(queries.get(g), group),
              batch(keys.get(g), group),
              batch(values.get(g), group),
              causal,
              scale);
      results.add(out.transpose(1, 2).reshape(group.rows(), heads, dim));
    }
    Tensor all = groups.scattered(Ops.cat(results, 0));
    return valueDim == dim ? all : all.narrow(2, 0, valueDim);
  }

  /** Rows of one group as [n, heads, t, d]. */
  private static Tensor batch(Tensor rows, SegmentGroups.Group group) {
    return rows.reshape(group.count(), group.length(), rows.size(1), rows.size(2)).transpose(1, 2);
  }
}
