package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.SamplingParameters;

/**
 * The state of a request's sampler, Philox4x32-10: its key, and the counter of its next draw. Draws
 * need nothing else, and both numbers can be told from the request and its tokens; they are kept so
 * that a restore can tell state that was cut, mixed up or made under another seed.
 *
 * @param seed the key
 * @param position the counter: tokens chosen so far
 */
record SamplerState(long seed, long position) {

  /** The sampler of a request that has so many tokens. */
  static SamplerState of(SamplingParameters sampling, int tokens) {
    return new SamplerState(sampling.seed(), tokens);
  }

  /** Whether it is of an older release, which kept none. */
  boolean unknown() {
    return position < 0;
  }

  /** Stands for what an older release did not keep. */
  static final SamplerState UNKNOWN = new SamplerState(0, -1);
}
