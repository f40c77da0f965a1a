package dev.moonflow.jobs.graph;

import dev.moonflow.jobs.settings.Settings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Moonflow's one job: events in, the model's words out, exactly once. */
public final class MoonflowJob {
  private MoonflowJob() {}

  /**
   * Adds the whole job to an environment; the caller executes it. Configures checkpoints,
   * parallelism and serializers as the settings say.
   *
   * @throws dev.moonflow.jobs.settings.SettingsException if the settings cannot work
   */
  public static void build(StreamExecutionEnvironment environment, Settings settings) {
    settings.check();
    environment.configure(settings.flinkConfiguration());
  }
}
