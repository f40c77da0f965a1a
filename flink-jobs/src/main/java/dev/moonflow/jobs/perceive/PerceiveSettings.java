package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.StateOptions;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.engine.EngineLimits;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/** What the operator needs to know of the settings. */
public final class PerceiveSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Settings settings;

  /** Reads the job's settings. */
  public PerceiveSettings(Settings settings) {
    this.settings = settings;
  }

  Path checkpoint() throws IOException {
    return ModelFolders.of(Path.of(settings.get(ModelOptions.PATH)), settings);
  }

  DeviceChoice device() {
    return settings.get(ModelOptions.DEVICE);
  }

  int requestsInFlight() {
    return settings.get(ModelOptions.REQUESTS_IN_FLIGHT);
  }

  long bytesInFlight() {
    return settings.get(ModelOptions.BYTES_IN_FLIGHT).getBytes();
  }

  long featureCacheBytes() {
    return settings.get(ModelOptions.FEATURE_CACHE).getBytes();
  }

  boolean keepsFeatures() {
    return settings.get(StateOptions.KEEP) == StateOptions.Keep.EMBEDDINGS;
  }

  /** Threads that prepare requests ahead of the engine. */
  public int prepareThreads() {
    return settings.get(ModelOptions.PREPARE_THREADS);
  }

  /** Threads of this process that share a computation; 0 leaves them as they are. */
  int mathThreads() {
    return settings.has(ModelOptions.MATH_THREADS) ? settings.get(ModelOptions.MATH_THREADS) : 0;
  }

  /** Twice a step's patches: one batch is encoded while the next is prepared. */
  long patchesAhead() {
    return 2L * settings.get(ModelOptions.PATCHES_PER_STEP);
  }

  MediaLimits media() {
    return IngestSettings.mediaLimits(settings);
  }

  /** Budgets of one engine. */
  public EngineLimits engine() {
    return new EngineLimits(
        settings.get(ModelOptions.REQUESTS_RUNNING),
        settings.get(ModelOptions.PATCHES_PER_STEP),
        settings.get(ModelOptions.TOKENS_PER_STEP),
        settings.get(ModelOptions.CACHE_TOKENS),
        settings.get(ModelOptions.PATCHES_PER_REQUEST),
        settings.get(ModelOptions.CONTEXT_TOKENS));
  }

  String deadLetterTopic() {
    return settings.get(KafkaOptions.TOPIC_DEAD_LETTERS);
  }

  String jobName() {
    return settings.get(JobOptions.NAME);
  }
}
