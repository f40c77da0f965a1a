package dev.moonflow.model.engine;

import java.util.List;
import java.util.Optional;

/**
 * Generates for many requests at once, step by step (continuous batching).
 *
 * <p>A step encodes waiting images as one packed vision batch, advances prompts by a chunk and
 * every decoding request by one token, under {@link EngineLimits}. What a request generates depends
 * on its content, its sampling parameters and the model alone: not on what shares its batch, on
 * chunking, or on where it was resumed.
 *
 * <p>{@link #step} belongs to one thread. All other methods may be called from any thread at any
 * time; they never wait for a step to end.
 */
public interface Engine extends AutoCloseable {

  /**
   * Tokenises, checks limits and prepares images. Pure and thread-safe; does not touch the engine's
   * state.
   *
   * @throws RequestRejectedException if the request can never be computed
   */
  PreparedRequest prepare(GenerationRequest request) throws RequestRejectedException;

  /**
   * Queues a prepared request; a prepared request is good for one submission.
   *
   * @throws IllegalArgumentException if a request of this id is in the engine and not released
   * @throws IllegalStateException if the engine is closed or holds too many requests
   */
  void submit(PreparedRequest request);

  /** Does one step; returns at once with an empty report when there is nothing to do. */
  StepReport step();

  /** The last published progress of a request that was submitted and not yet released. */
  Optional<Progress> progress(String id);

  /**
   * The features of a request's images, [M_i, H] each, handed out once: from when all of them are
   * computed until the request is finished, and only where the request {@link KnownFeatures#wanted
   * wants} them. Not to be written.
   */
  default Optional<List<float[]>> takeFeatures(String id) {
    return Optional.empty();
  }

  /** Ends a request; it is reported finished by the next step. Returns false when it is unknown. */
  boolean cancel(String id);

  /** Forgets a finished request. */
  void release(String id);

  /** Share of the KV cache in use, from 0 to 1. */
  default double cacheUsage() {
    return 0;
  }

  /** Frees the cache; weights stay with the model. */
  @Override
  void close();
}
