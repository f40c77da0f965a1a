package dev.moonflow.model.engine;

import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.model.engine.Progress.Phase;
import dev.moonflow.model.language.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The language part of a step: a token of every decoding request, then chunks of prompts in order
 * of submission with what is left of the token budget, all in one pass.
 */
final class TokenStage {
  private static final Logger LOG = LoggerFactory.getLogger(TokenStage.class);

  private final EngineModel model;
  private final int maxTokens;
  private final int hidden;
  private final int vocab;

  private record Item(ActiveRequest owner, int count, boolean sampled) {}

  /** Tokens of a step by kind. */
  record Counts(int prefill, int decode) {}

  TokenStage(EngineModel model, int maxTokens) {
    this.model = model;
    this.maxTokens = maxTokens;
    this.hidden = model.language().config().hiddenSize();
    this.vocab = model.language().config().vocabSize();
  }

  /**
   * Does one pass.
   *
   * @param running in order of submission, at most {@code maxTokens}
   */
  Counts run(Collection<ActiveRequest> running) {
    List<Item> items = compose(running);
    if (items.isEmpty()) {
      return new Counts(0, 0);
    }
    int prefill = 0;
    for (Item item : items) {
      prefill += item.owner().phase() == Phase.PREFILL ? item.count() : 0;
    }
    List<Span> spans = spans(items);
    float[] logits = forwardTogether(spans);
    if (logits != null) {
      accept(items, logits);
    } else {
      for (int i = 0; i < items.size(); i++) {
        forwardAlone(items.get(i), spans.get(i));
      }
    }
    int decode = items.stream().mapToInt(item -> item.sampled() ? 1 : 0).sum();
    return new Counts(prefill, decode);
  }

  private List<Item> compose(Collection<ActiveRequest> running) {
    List<Item> items = new ArrayList<>();
    for (ActiveRequest owner : running) {
      if (owner.phase() == Phase.DECODE) {
        items.add(new Item(owner, 1, true));
      }
    }
    int left = maxTokens - items.size();
    for (ActiveRequest owner : running) {
      if (owner.phase() == Phase.PREFILL && left > 0) {
        int count = Math.min(left, owner.prefillLeft());
        items.add(new Item(owner, count, count == owner.prefillLeft()));
        left -= count;
      }
    }
    return items;
  }

  private List<Span> spans(List<Item> items) {
    int tokens = items.stream().mapToInt(Item::count).sum();
    float[] embeddings = new float[Math.multiplyExact(tokens, hidden)];
    List<Span> spans = new ArrayList<>();
    int offset = 0;
    for (Item item : items) {
      ActiveRequest owner = item.owner();
      if (owner.phase() == Phase.DECODE) {
        owner.embedding().readLast(embeddings, offset);
      } else {
        owner.embedding().read(owner.sequence().length(), item.count(), embeddings, offset);
      }
      int rows = item.sampled() ? 1 : 0;
      spans.add(new Span(owner.sequence(), embeddings, offset, item.count(), rows));
      offset += item.count() * hidden;
    }
    return spans;
  }

  /** The logits, or null if the pass failed; the sequences are then as before. */
  private float[] forwardTogether(List<Span> spans) {
    try {
      return model.forward().forward(spans);
    } catch (DeviceException e) {
      throw e; // the device, not a request, is at fault
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn(
          "A pass over {} sequences failed and is tried one by one: {}",
          spans.size(),
          e.toString());
      return null;
    }
  }

  private void accept(List<Item> items, float[] logits) {
    int row = 0;
    for (Item item : items) {
      if (item.sampled()) {
        sample(item.owner(), logits, row++ * vocab);
      }
    }
  }

  private void forwardAlone(Item item, Span span) {
    float[] logits;
    try {
      logits = model.forward().forward(List.of(span));
    } catch (DeviceException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("Request {} failed in the language model", item.owner().request().id(), e);
      item.owner().finish(FinishReason.ERROR, "the language model failed: " + e);
      return;
    }
    accept(List.of(item), logits);
  }

  private void sample(ActiveRequest owner, float[] logits, int offset) {
    try {
      SamplingParameters sampling = owner.request().sampling();
      owner.generate(
          Sampler.next(logits, offset, vocab, sampling, owner.generatedCount()), model.stops());
    } catch (ArithmeticException e) {
      owner.finish(FinishReason.ERROR, "no token can be chosen: " + e.getMessage());
    }
  }
}
