package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.FeatureCache;

/** A model whose weights are in memory: what the operator needs of it. Thread-safe. */
public interface LoadedModel extends AutoCloseable {

  /** A new engine on these weights; closed before the model is. */
  Engine newEngine(EngineLimits limits);

  /** The same with a cache of image features, which engines on these weights share. */
  default Engine newEngine(EngineLimits limits, FeatureCache features) {
    return newEngine(limits);
  }

  /** Hash of the checkpoint's configuration and weights. */
  String fingerprint();

  /** Where kernels run: {@code cpu} or {@code opencl}. */
  String device();

  /** What generated tokens say. */
  Reply read(int[] tokens);

  /** What tokens say whose answer was constrained, and which therefore hold no thinking. */
  default Reply readPlain(int[] tokens) {
    return read(tokens);
  }

  /** Frees the weights. */
  @Override
  void close();

  /**
   * A generation as text.
   *
   * @param text the visible answer; null when the reasoning was cut off before one
   * @param thinking text between the thinking markers, or null
   */
  record Reply(String text, String thinking) {}
}
