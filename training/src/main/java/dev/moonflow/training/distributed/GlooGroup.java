package dev.moonflow.training.distributed;

import dev.moonflow.training.torch.InPlace;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import java.util.Locale;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;

/** A group of processes over Gloo, connected by TCP. */
final class GlooGroup implements RankGroup {
  private final RankPlace place;
  private final Store store;
  private final ProcessGroupGloo group;
  private final Traffic traffic = new Traffic();

  GlooGroup(RankPlace place) {
    Loader.load(org.bytedeco.pytorch.global.torch_gloo.class);
    this.place = place;
    long begin = System.nanoTime();
    try (Scope scope = new Scope()) {
      this.store = scope.keep(store(place));
      ProcessGroupGloo.Options options =
          ProcessGroupGloo.Options.create(new Milliseconds(place.timeout().toMillis()));
      options.threads(1);
      options.devices(
          new GlooDeviceVector(ProcessGroupGloo.createDeviceForHostname(place.address())));
      this.group = scope.keep(new ProcessGroupGloo(store, place.rank(), place.ranks(), options));
    } catch (RuntimeException e) {
      throw failed("joining the group at " + place.rendezvous(), begin, e);
    }
  }

  private static Store store(RankPlace place) {
    if (place.rendezvous() instanceof Rendezvous.Tcp tcp) {
      TCPStoreOptions options =
          new TCPStoreOptions()
              .port((short) tcp.port())
              .isServer(place.rank() == 0)
              .waitWorkers(false)
              .timeout(new Milliseconds(place.timeout().toMillis()));
      return new TCPStore(tcp.host(), options);
    }
    Rendezvous.File file = (Rendezvous.File) place.rendezvous();
    FileStore shared = new FileStore(file.path().toString(), place.ranks());
    shared.setTimeout(new Milliseconds(place.timeout().toMillis()));
    return shared;
  }

  @Override
  public int rank() {
    return place.rank();
  }

  @Override
  public int size() {
    return place.ranks();
  }

  @Override
  public void allReduce(Tensor values) {
    await(Collective.ALL_REDUCE, () -> group.allreduce(new TensorVector(values)));
    // A ring sends each value twice but for the rank's own share.
    traffic.add(Collective.ALL_REDUCE, 2 * bytes(values) * others() / size());
  }

  /**
   * Gloo's own reduce-scatter is an all-reduce of which the rest is thrown away; an exchange of
   * shards sends half of that, and the sum here has a fixed order (decision 23).
   */
  @Override
  public void reduceScatter(Tensor shard, Tensor all) {
    try (Scope scope = new Scope()) {
      Tensor received = Ops.zeros(Ops.type(all), all.numel());
      await(
          Collective.REDUCE_SCATTER,
          () -> group.alltoall_base(received, all, new LongVector(), new LongVector()));
      long width = shard.numel();
      InPlace.copy(shard, InPlace.range(received, 0, width));
      for (int rank = 1; rank < size(); rank++) {
        InPlace.add(shard, InPlace.range(received, rank * width, (rank + 1) * width), 1);
      }
    }
    traffic.add(Collective.REDUCE_SCATTER, bytes(shard) * others());
  }

  @Override
  public void allGather(Tensor all, Tensor shard) {
    await(Collective.ALL_GATHER, () -> group._allgather_base(all, shard));
    traffic.add(Collective.ALL_GATHER, bytes(shard) * others());
  }

  @Override
  public void broadcast(Tensor values, int root) {
    BroadcastOptions options = new BroadcastOptions();
    options.rootRank(root);
    options.rootTensor(0);
    await(Collective.BROADCAST, () -> group.broadcast(new TensorVector(values), options));
    traffic.add(Collective.BROADCAST, rank() == root ? bytes(values) * others() : 0);
  }

  @Override
  public void exchange(Tensor received, long[] receivedCounts, Tensor sent, long[] sentCounts) {
    await(
        Collective.ALL_TO_ALL,
        () ->
            group.alltoall_base(
                received, sent, new LongVector(receivedCounts), new LongVector(sentCounts)));
    traffic.add(Collective.ALL_TO_ALL, (sent.numel() - sentCounts[rank()]) * sent.element_size());
  }

  @Override
  public void barrier() {
    await(Collective.BARRIER, group::barrier);
  }

  private void await(Collective collective, Supplier<Work> start) {
    long begin = System.nanoTime();
    try (Scope scope = new Scope()) {
      start.get()._wait();
    } catch (RuntimeException e) {
      throw failed(collective.toString(), begin, e);
    }
  }

  private CollectiveException failed(String what, long begin, RuntimeException cause) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    String reason = cause.getMessage() == null ? "" : cause.getMessage();
    String explained;
    if (reason.contains("Connection closed") || reason.contains("Connection reset")) {
      explained = "another rank has closed its connection, most likely because it stopped";
    } else if (reason.toLowerCase(Locale.ROOT).contains("timeout")
        || reason.contains("Timed out")
        || reason.contains("timed out")) {
      explained = "the others did not come within " + place.timeout().toMillis() + " ms";
    } else {
      explained = reason.lines().findFirst().orElse("Gloo gives no reason");
    }
    return new CollectiveException(
        "rank %d of %d stops in %s after %.1f s: %s"
            .formatted(place.rank(), place.ranks(), what, seconds, explained),
        cause);
  }

  private long others() {
    return size() - 1L;
  }

  private static long bytes(Tensor values) {
    return values.numel() * values.element_size();
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public void close() {
    group.close();
    store.close();
  }
}
