package dev.moonflow.training.batch;

import dev.moonflow.training.sample.SampleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settles which examples make the micro-batches of a step: items of the mixture in order, each
 * micro-batch closed by the first one that would not fit. Every rank plans all micro-batches and
 * loads the images of its own; that costs tokenising everything once per rank and makes the batches
 * independent of their number.
 */
final class StepPlanner {
  /** Refused in a row, after which the data cannot be what the recipe's author meant. */
  private static final int REFUSED_MAX = 10_000;

  private final Mixture mixture;
  private final PackingSettings settings;
  private DataPosition position;
  private RefusalCounts refusals;
  private Example waiting; // of the item at the position, if it was encoded already
  private int waitingSource;

  StepPlanner(Mixture mixture, PackingSettings settings) {
    this.mixture = mixture;
    this.settings = settings;
    moveTo(DataPosition.start(mixture.entries().size()), RefusalCounts.NONE);
  }

  void moveTo(DataPosition position, RefusalCounts refusals) {
    this.position = position;
    this.refusals = refusals;
    this.waiting = null;
  }

  /** After what was planned last. */
  DataPosition position() {
    return position;
  }

  RefusalCounts refusals() {
    return refusals;
  }

  /** The examples of each micro-batch of a step. */
  List<List<Example>> plan(int microBatches, Map<String, Double> shares, ExampleEncoder encoder) {
    waiting = null; // another step may have other shares, and then the item is another
    List<List<Example>> step = new ArrayList<>();
    for (int m = 0; m < microBatches; m++) {
      step.add(fill(shares, encoder));
    }
    return step;
  }

  private List<Example> fill(Map<String, Double> shares, ExampleEncoder encoder) {
    List<Example> batch = new ArrayList<>();
    int tokens = 0;
    int patches = 0;
    while (true) {
      Example example = peek(shares, encoder);
      tokens += example.length();
      patches += example.patches();
      boolean fits = tokens <= settings.batchTokens() && patches <= settings.batchPatches();
      if (!fits) {
        return batch;
      }
      batch.add(example);
      position = position.after(waitingSource);
      waiting = null;
    }
  }

  /** The next example that can be used; those before it are passed and counted. */
  private Example peek(Map<String, Double> shares, ExampleEncoder encoder) {
    String last = "";
    for (int refused = 0; waiting == null; refused++) {
      if (refused == REFUSED_MAX) {
        throw new SampleException(
            REFUSED_MAX + " examples in a row cannot be used; the last one: " + last);
      }
      int source = mixture.choose(position.item(), shares);
      try {
        waiting = encode(source, encoder);
        waitingSource = source;
      } catch (RefusedExampleException e) {
        refusals = refusals.plus(e.refusal());
        position = position.after(source);
        last = e.getMessage();
      }
    }
    return waiting;
  }

  private Example encode(int source, ExampleEncoder encoder) throws RefusedExampleException {
    Example example =
        encoder.encode(mixture.entries().get(source).source().sample(position.taken(source)));
    if (example.length() > settings.contextTokens()) {
      if (!settings.cutLong()) {
        throw new RefusedExampleException(
            Refusal.TOO_LONG,
            "sample %s has %d tokens and the context ends at %d."
                .formatted(example.id(), example.length(), settings.contextTokens()));
      }
      example = example.cut(settings.contextTokens());
      if (!example.isLearnt()) {
        throw new RefusedExampleException(
            Refusal.NOTHING_LEARNT,
            "sample " + example.id() + " has nothing to learn before the context ends.");
      }
      refusals = refusals.plus(Refusal.CUT);
    }
    if (example.patches() > settings.batchPatches()) {
      throw new RefusedExampleException(
          Refusal.TOO_MANY_PATCHES,
          "sample %s has %d patches, more than the %d of a batch."
              .formatted(example.id(), example.patches(), settings.batchPatches()));
    }
    return example;
  }
}
