package dev.moonflow.jobs.bench;

import dev.moonflow.model.engine.EngineModel;
import dev.moonflow.model.engine.EngineModel.Forward;
import dev.moonflow.model.engine.EngineModel.ImageEncoder;
import dev.moonflow.model.language.Span;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds up what stages cost that run one after another. Used by one thread. */
final class StageClock {
  private final Map<String, Cost> costs = new LinkedHashMap<>();

  /** Runs a part of a stage. */
  void time(String stage, Cost.Work work) throws Exception {
    add(stage, Cost.of(work));
  }

  private void add(String stage, Cost cost) {
    costs.merge(
        stage,
        cost,
        (a, b) -> new Cost(a.wallSeconds() + b.wallSeconds(), a.cpuSeconds() + b.cpuSeconds()));
  }

  /** What every stage cost, in the order in which they began. */
  Map<String, Cost> costs() {
    return costs;
  }

  /** The same model, its passes timed: a pass with any prompt in it counts as prefill. */
  EngineModel watched(EngineModel model) {
    ImageEncoder vision = images -> timed("vision", () -> model.vision().encode(images));
    Forward forward =
        spans ->
            timed(
                spans.stream().allMatch(StageClock::decodes) ? "decode" : "prefill",
                () -> model.forward().forward(spans));
    return new EngineModel(
        model.tokenizer(),
        model.template(),
        model.images(),
        vision,
        model.language(),
        forward,
        model.mediaTokenId(),
        model.stops(),
        model.constraints());
  }

  private static boolean decodes(Span span) {
    return span.count() == 1;
  }

  private interface Pass<T> {
    T run();
  }

  private <T> T timed(String stage, Pass<T> pass) {
    Object[] result = new Object[1];
    try {
      add(stage, Cost.of(() -> result[0] = pass.run()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    @SuppressWarnings("unchecked") // what the pass put there
    T typed = (T) result[0];
    return typed;
  }
}
