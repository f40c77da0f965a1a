package dev.moonflow.jobs.settings;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** How the job runs: {@code moonflow.job.} and {@code moonflow.checkpoint.}. */
public final class JobOptions {
  /** The job's name. */
  public static final ConfigOption<String> NAME =
      ConfigOptions.key("moonflow.job.name")
          .stringType()
          .defaultValue("moonflow")
          .withDescription("Name of the job in Flink.");

  /** Subtasks of every operator. */
  public static final ConfigOption<Integer> PARALLELISM =
      ConfigOptions.key("moonflow.job.parallelism")
          .intType()
          .noDefaultValue()
          .withDescription("Subtasks of every operator; without it the cluster's default.");

  /** Most subtasks that state can ever be spread over. */
  public static final ConfigOption<Integer> MAX_PARALLELISM =
      ConfigOptions.key("moonflow.job.max-parallelism")
          .intType()
          .defaultValue(128)
          .withDescription(
              "Most subtasks that a later run may have; fixed for the life of a savepoint.");

  /** Time between two checkpoints. */
  public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
      ConfigOptions.key("moonflow.checkpoint.interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "Time between checkpoints; results become visible to read_committed readers with"
                  + " each one.");

  /** How long a checkpoint may take. */
  public static final ConfigOption<Duration> CHECKPOINT_TIMEOUT =
      ConfigOptions.key("moonflow.checkpoint.timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription("How long a checkpoint may take before it is given up.");

  /** Where checkpoints lie. */
  public static final ConfigOption<String> CHECKPOINT_DIRECTORY =
      ConfigOptions.key("moonflow.checkpoint.directory")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "URI of the folder for checkpoints, reachable from every machine; without it Flink's"
                  + " own execution.checkpointing.dir, else the JobManager's memory.");

  private JobOptions() {}
}
