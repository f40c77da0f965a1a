package dev.moonflow.training.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The micro-batches of a mixture, prepared ahead on a thread of its own in the order in which they
 * are asked for.
 */
public final class MixtureSource implements StepSource<MicroBatch> {
  /** Steps that are prepared before they are asked for. */
  private static final int AHEAD = 2;

  /** This process among those that share every step. */
  public record Slice(int rank, int ranks) {
    /** A run of one process. */
    public static final Slice WHOLE = new Slice(0, 1);

    public Slice {
      if (ranks < 1 || rank < 0 || rank >= ranks) {
        throw new IllegalArgumentException("there is no rank " + rank + " among " + ranks);
      }
    }

    boolean owns(int microBatch) {
      return microBatch % ranks == rank;
    }
  }

  private record Prepared(
      List<MicroBatch> batches, DataPosition position, RefusalCounts refusals) {}

  private final Mixture mixture;
  private final StepPlanner planner;
  private final LongFunction<ExampleEncoder> encoders;
  private final PackingSettings settings;
  private final int microBatches;
  private final LongFunction<Map<String, Double>> shares;
  private final Slice slice;
  private Ahead<Prepared> ahead;
  private DataPosition position;
  private RefusalCounts refusals = RefusalCounts.NONE;

  /**
   * A source whose samples become tokens in the same way at every step.
   *
   * @param microBatches of a step, over all ranks; a multiple of their number
   * @param shares of the mixture's groups at each step; see {@link Mixture#choose}
   */
  public MixtureSource(
      Mixture mixture,
      ExampleEncoder encoder,
      PackingSettings settings,
      int microBatches,
      LongFunction<Map<String, Double>> shares,
      Slice slice) {
    this(mixture, step -> encoder, settings, microBatches, shares, slice);
  }

  /**
   * A source.
   *
   * @param encoders of each step: images may grow from step to step
   * @param microBatches of a step, over all ranks; a multiple of their number
   * @param shares of the mixture's groups at each step; see {@link Mixture#choose}
   */
  public MixtureSource(
      Mixture mixture,
      LongFunction<ExampleEncoder> encoders,
      PackingSettings settings,
      int microBatches,
      LongFunction<Map<String, Double>> shares,
      Slice slice) {
    if (microBatches % slice.ranks() != 0) {
      throw new IllegalArgumentException(
          "%d micro-batches a step cannot be shared equally by %d ranks"
              .formatted(microBatches, slice.ranks()));
    }
    this.mixture = mixture;
    this.planner = new StepPlanner(mixture, settings);
    this.encoders = encoders;
    this.settings = settings;
    this.microBatches = microBatches;
    this.shares = shares;
    this.slice = slice;
    this.position = planner.position();
  }

  @Override
  public List<MicroBatch> next(long step) {
    if (ahead == null) {
      ahead = new Ahead<>("batches", AHEAD, step, this::prepare);
    }
    Prepared prepared = ahead.take(step);
    position = prepared.position();
    refusals = prepared.refusals();
    return prepared.batches();
  }

  private Prepared prepare(long step) {
    ExampleEncoder encoder = encoders.apply(step);
    BatchPacker packer = new BatchPacker(settings, encoder.images());
    List<List<Example>> plan = planner.plan(microBatches, shares.apply(step), encoder);
    List<MicroBatch> own = new ArrayList<>();
    for (int m = 0; m < plan.size(); m++) {
      if (slice.owns(m)) {
        own.add(packer.pack(plan.get(m)));
      }
    }
    return new Prepared(List.copyOf(own), planner.position(), planner.refusals());
  }

  @Override
  public ObjectNode state() {
    ObjectNode state = position.toJson();
    state.set("refused", refusals.toJson());
    return state;
  }

  @Override
  public void restore(JsonNode state) {
    stop();
    position = DataPosition.of(state, mixture.entries().size());
    refusals = RefusalCounts.of(state.path("refused"));
    planner.moveTo(position, refusals);
  }

  @Override
  public Map<String, Long> refusals() {
    return refusals.byWords();
  }

  private void stop() {
    if (ahead != null) {
      ahead.close();
      ahead = null;
    }
  }

  @Override
  public void close() {
    stop();
    mixture.close();
  }
}
