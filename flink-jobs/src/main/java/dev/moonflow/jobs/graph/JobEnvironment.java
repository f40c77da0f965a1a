package dev.moonflow.jobs.graph;

import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.Settings;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Checkpoints, parallelism and serializers as the settings say. */
final class JobEnvironment {
  private JobEnvironment() {}

  static void configure(StreamExecutionEnvironment environment, Settings settings) {
    Configuration flink = settings.flinkConfiguration();
    String directory = settings.get(JobOptions.CHECKPOINT_DIRECTORY);
    if (directory != null) {
      flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
    }
    // Every type of ours has a serializer of its own; Kryo would slip in unnoticed.
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    environment.configure(flink);

    environment.enableCheckpointing(
        settings.get(JobOptions.CHECKPOINT_INTERVAL).toMillis(), CheckpointingMode.EXACTLY_ONCE);
    CheckpointConfig checkpoints = environment.getCheckpointConfig();
    checkpoints.setCheckpointTimeout(settings.get(JobOptions.CHECKPOINT_TIMEOUT).toMillis());
    checkpoints.setExternalizedCheckpointRetention(
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);

    environment.setMaxParallelism(settings.get(JobOptions.MAX_PARALLELISM));
    Integer parallelism = settings.get(JobOptions.PARALLELISM);
    if (parallelism != null) {
      environment.setParallelism(parallelism);
    }
  }
}
