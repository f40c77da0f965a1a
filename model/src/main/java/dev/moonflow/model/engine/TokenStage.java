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
  private final PrefixCache prefixes;

  /** How far a request goes in this pass. */
  private record Chunk(ActiveRequest owner, int count, boolean sampled) {}

  /** A chunk, embedded. */
  private record Work(ActiveRequest owner, Span span) {
    boolean sampled() {
      return span.logitRows() > 0;
    }
  }

  /** Tokens of a step by kind. */
  record Counts(int prefill, int decode) {}

  TokenStage(EngineModel model, int maxTokens) {
    this.model = model;
    this.maxTokens = maxTokens;
    this.hidden = model.language().config().hiddenSize();
    this.vocab = model.language().config().vocabSize();
    this.prefixes = new PrefixCache(model.mediaTokenId());
  }

  /**
   * Does one pass.
   *
   * @param running in order of submission, at most {@code maxTokens}
   */
  Counts run(Collection<ActiveRequest> running) {
    List<Work> works = embed(compose(running));
    if (works.isEmpty()) {
      return new Counts(0, 0);
    }
    int prefill = 0;
    int decode = 0;
    for (Work work : works) {
      prefill += work.owner().phase() == Phase.PREFILL ? work.span().count() : 0;
      decode += work.sampled() ? 1 : 0;
    }
    float[] logits = forwardTogether(works.stream().map(Work::span).toList());
    if (logits != null) {
      accept(works, logits);
    } else {
      works.forEach(this::forwardAlone);
    }
    return new Counts(prefill, decode);
  }

  private List<Chunk> compose(Collection<ActiveRequest> running) {
    List<Chunk> chunks = new ArrayList<>();
    for (ActiveRequest owner : running) {
      if (owner.phase() == Phase.DECODE) {
        chunks.add(new Chunk(owner, 1, true));
      }
    }
    int left = maxTokens - chunks.size();
    for (ActiveRequest owner : running) {
      if (owner.phase() == Phase.PREFILL && left > 0) {
        if (owner.sequence().length() == 0) {
          prefixes.begin(owner.sequence(), owner.request().prompt());
        }
        int count = Math.min(left, owner.prefillLeft());
        chunks.add(new Chunk(owner, count, count == owner.prefillLeft()));
        left -= count;
      }
    }
    return chunks;
  }

  /** Embeds the chunks; a request whose embedding fails ends there. */
  private List<Work> embed(List<Chunk> chunks) {
    int tokens = chunks.stream().mapToInt(Chunk::count).sum();
    float[] embeddings = new float[Math.multiplyExact(tokens, hidden)];
    List<Work> works = new ArrayList<>();
    int offset = 0;
    for (Chunk chunk : chunks) {
      ActiveRequest owner = chunk.owner();
      try {
        if (owner.phase() == Phase.DECODE) {
          owner.embedding().readLast(embeddings, offset);
        } else {
          owner.embedding().read(owner.sequence().length(), chunk.count(), embeddings, offset);
        }
        int rows = chunk.sampled() ? 1 : 0;
        works.add(
            new Work(owner, new Span(owner.sequence(), embeddings, offset, chunk.count(), rows)));
      } catch (RuntimeException e) {
        fail(owner, e);
      }
      offset += chunk.count() * hidden;
    }
    return works;
  }

  private static void fail(ActiveRequest owner, Throwable cause) {
    LOG.warn("Request {} failed in the language model", owner.request().id(), cause);
    owner.finish(FinishReason.ERROR, "the language model failed: " + cause);
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

  private void accept(List<Work> works, float[] logits) {
    int row = 0;
    for (Work work : works) {
      if (work.owner().phase() == Phase.PREFILL) {
        prefixes.offer(work.owner().sequence(), work.owner().request().prompt());
      }
      if (work.sampled()) {
        sample(work.owner(), logits, row++ * vocab);
      }
    }
  }

  private void forwardAlone(Work work) {
    float[] logits;
    try {
      logits = model.forward().forward(List.of(work.span()));
    } catch (DeviceException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(work.owner(), e);
      return;
    }
    accept(List.of(work), logits);
  }

  private void sample(ActiveRequest owner, float[] logits, int offset) {
    try {
      SamplingParameters sampling = owner.request().sampling();
      int token =
          Sampler.next(logits, offset, vocab, sampling, owner.generatedCount(), owner.allowed());
      float logProbability = Sampler.logProbability(logits, offset, vocab, token);
      owner.generate(token, logProbability, model.stops());
    } catch (ArithmeticException e) {
      owner.finish(FinishReason.ERROR, "no token can be chosen: " + e.getMessage());
    }
  }
}
