package dev.moonflow.model.language;

import dev.moonflow.model.Probe;

/** The second half of a layer: dense or a mixture of experts. Immutable; any thread may use it. */
sealed interface FeedForward permits SwiGlu, MixtureOfExperts {

  /**
   * z = FFN(y).
   *
   * @param y [tokens, H] normed input
   * @param z [tokens, H] overwritten
   */
  void forward(float[] y, int tokens, float[] z, Probe probe);
}
