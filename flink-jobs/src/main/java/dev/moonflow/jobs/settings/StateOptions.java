package dev.moonflow.jobs.settings;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** What checkpoints keep of generation in flight: {@code moonflow.state.}. */
public final class StateOptions {
  /** What is kept of a request in flight. */
  public static final ConfigOption<Keep> KEEP =
      ConfigOptions.key("moonflow.state.keep")
          .enumType(Keep.class)
          .defaultValue(Keep.TOKENS)
          .withDescription(
              "What a checkpoint keeps of a request in flight beside the request itself: tokens"
                  + " (those generated so far; after a restart its images are encoded again) or"
                  + " embeddings (also the features of its images once computed: 4 bytes times the"
                  + " hidden size for each of their tokens, 8 KB for Kimi-VL; after a restart the"
                  + " vision tower has nothing to do for them).");

  /** What is kept of a request in flight. */
  public enum Keep {
    /** Its tokens. */
    TOKENS,
    /** Its tokens and the features of its images. */
    EMBEDDINGS
  }

  private StateOptions() {}
}
