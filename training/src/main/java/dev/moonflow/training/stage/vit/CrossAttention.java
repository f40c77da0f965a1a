package dev.moonflow.training.stage.vit;

import dev.moonflow.training.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Attention from the rows of some segments to those of others: segment s of the queries sees all of
 * segment s of the keys and nothing else. One call of the kernel for each segment.
 */
final class CrossAttention {
  private CrossAttention() {}

  /**
   * Attends.
   *
   * @param q [T, heads, d]
   * @param queryStarts [S + 1] first row of each segment of the queries, then T
   * @param k [L, heads, d]
   * @param v [L, heads, d]
   * @param keyStarts [S + 1] first row of each segment of the keys, then L
   * @return [T, heads, d]
   */
  static Tensor attend(Tensor q, int[] queryStarts, Tensor k, Tensor v, int[] keyStarts) {
    double scale = 1 / Math.sqrt(q.size(2));
    List<Tensor> out = new ArrayList<>();
    for (int s = 0; s + 1 < queryStarts.length; s++) {
      Tensor seen =
          Ops.attention(
              segment(q, queryStarts, s),
              segment(k, keyStarts, s),
              segment(v, keyStarts, s),
              false,
              scale);
      out.add(seen.squeeze(0).transpose(0, 1));
    }
    return Ops.cat(out, 0);
  }

  /** Rows of a segment as [1, heads, t, d]. */
  private static Tensor segment(Tensor x, int[] starts, int s) {
    return x.narrow(0, starts[s], starts[s + 1] - starts[s]).transpose(0, 1).unsqueeze(0);
  }
}
