package dev.moonflow.training.distributed;

import dev.moonflow.training.torch.InPlace;
import org.bytedeco.pytorch.Tensor;

/** A group of one: nothing is sent. */
public final class SingleRank implements RankGroup {
  private final Traffic traffic = new Traffic();

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public void allReduce(Tensor values) {
    // The sum over one rank stands there already.
  }

  @Override
  public void reduceScatter(Tensor shard, Tensor all) {
    InPlace.copy(shard, all);
  }

  @Override
  public void allGather(Tensor all, Tensor shard) {
    InPlace.copy(all, shard);
  }

  @Override
  public void broadcast(Tensor values, int root) {
    // The root's values stand there already.
  }

  @Override
  public void exchange(Tensor received, long[] receivedCounts, Tensor sent, long[] sentCounts) {
    InPlace.copy(received, sent);
  }

  @Override
  public void barrier() {
    // Nobody else to wait for.
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
