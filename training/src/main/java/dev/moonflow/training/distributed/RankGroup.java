package dev.moonflow.training.distributed;

import org.bytedeco.pytorch.Tensor;

/**
 * The ranks that work together, as one of them sees it. Every rank must call the same collectives
 * in the same order with tensors of the same size and format; tensors are contiguous vectors.
 *
 * <p>A collective that fails throws {@link CollectiveException} within the group's time-out; the
 * group is of no use after that.
 */
public sealed interface RankGroup extends AutoCloseable permits SingleRank, GlooGroup {

  /** Joins the group of a place, or stands alone if that has one rank. */
  static RankGroup join(RankPlace place) {
    return place.ranks() == 1 ? new SingleRank() : new GlooGroup(place);
  }

  /** This one's number, from 0. */
  int rank();

  /** How many there are. */
  int size();

  /** Replaces the values by their sums over all ranks. */
  void allReduce(Tensor values);

  /**
   * Sums over all ranks, of which each gets its own shard. The sum is made in the order of ranks,
   * so its bits do not depend on timing.
   *
   * @param shard [s], overwritten
   * @param all [ranks s]
   */
  void reduceScatter(Tensor shard, Tensor all);

  /**
   * Everybody's shards in the order of ranks.
   *
   * @param all [ranks s], overwritten
   * @param shard [s]
   */
  void allGather(Tensor all, Tensor shard);

  /** Replaces the values by those of the root. */
  void broadcast(Tensor values, int root);

  /**
   * Sends a part to each rank and receives one from each.
   *
   * @param received parts of rank 0, 1, ..; overwritten
   * @param receivedCounts values from each
   * @param sent parts for rank 0, 1, ..
   * @param sentCounts values for each
   */
  void exchange(Tensor received, long[] receivedCounts, Tensor sent, long[] sentCounts);

  /** Returns when every rank has called it. */
  void barrier();

  /** Bytes sent so far. */
  Traffic traffic();

  @Override
  void close();
}
