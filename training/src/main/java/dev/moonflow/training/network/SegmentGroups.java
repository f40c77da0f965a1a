package dev.moonflow.training.network;

import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * How packed segments go through the attention kernel: segments of similar length together as one
 * batch [n, t], which is many times faster than one call per line of text.
 *
 * <p>Causal attention may pad a segment at its end: no real query sees a later key, so the result
 * is exact. Other attention groups only segments of equal length. Rows that pad repeat row 0; their
 * results are never read.
 */
final class SegmentGroups {
  /** Padding that is accepted for a larger batch: a group's longest is at most this much longer. */
  private static final double PADDING_MAX = 0.25;

  /**
   * Segments that share a batch.
   *
   * @param count n, segments
   * @param length t, rows of each
   */
  record Group(int count, int length) {
    /** Rows of the batch, padding included. */
    long rows() {
      return (long) count * length;
    }
  }

  private final List<Group> groups = new ArrayList<>();
  private final Tensor gather;
  private final Tensor scatter;

  /**
   * Plans for segments of T rows.
   *
   * @param starts [S + 1] first row of each, then T
   * @param causal whether attention is causal, which allows padding
   */
  SegmentGroups(int[] starts, boolean causal) {
    int count = starts.length - 1;
    List<Integer> order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingInt(s -> starts[s] - starts[s + 1]))
            .toList();
    List<Integer> sources = new ArrayList<>();
    int[] back = new int[starts[count]];
    boolean identity = true;
    int at = 0;
    while (at < count) {
      int longest = length(starts, order.get(at));
      int shortest = causal ? (int) Math.ceil(longest / (1 + PADDING_MAX)) : longest;
      int members = 0;
      while (at < count && length(starts, order.get(at)) >= shortest) {
        int segment = order.get(at++);
        members++;
        for (int i = 0; i < longest; i++) {
          boolean real = i < length(starts, segment);
          int row = real ? starts[segment] + i : 0;
          if (real) {
            back[row] = sources.size();
          }
          identity &= row == sources.size();
          sources.add(row);
        }
      }
      groups.add(new Group(members, longest));
    }
    boolean plain = identity && sources.size() == back.length;
    gather = plain ? null : Tensors.indices(sources.stream().mapToInt(i -> i).toArray());
    scatter = plain ? null : Tensors.indices(back);
  }

  private static int length(int[] starts, int segment) {
    return starts[segment + 1] - starts[segment];
  }

  /** Batches in the order in which {@link #gathered} lays them out. */
  List<Group> groups() {
    return groups;
  }

  /** Rows of x [T, ..] in the order of the batches, padding included. */
  Tensor gathered(Tensor x) {
    return gather == null ? x : x.index_select(0, gather);
  }

  /** Rows laid out like {@link #gathered}, batch by batch. */
  List<Tensor> split(Tensor gathered) {
    return Ops.split(gathered, 0, groups.stream().mapToLong(Group::rows).toArray());
  }

  /** The inverse: rows [T, ..] from batches laid out like {@link #gathered}. */
  Tensor scattered(Tensor x) {
    return scatter == null ? x : x.index_select(0, scatter);
  }
}
