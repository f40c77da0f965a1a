package dev.moonflow.jobs.graph;

import dev.moonflow.jobs.settings.Settings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink inside this process: one TaskManager with two slots, and one job. */
final class LocalCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final MiniCluster cluster;
  private JobID job;

  private LocalCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static LocalCluster start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(500));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(30));
    configuration.setString("rest.port", "0");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
    cluster.start();
    return new LocalCluster(cluster);
  }

  /** Submits the job and waits until it runs. */
  void run(Settings settings, boolean mayRestart) throws Exception {
    Settings all =
        settings
            .with(
                RestartStrategyOptions.RESTART_STRATEGY.key(), mayRestart ? "fixed-delay" : "none")
            .with("restart-strategy.fixed-delay.attempts", "5")
            .with("restart-strategy.fixed-delay.delay", "100ms");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    MoonflowJob.build(environment, all);
    var graph = environment.getStreamGraph().getJobGraph();
    job = graph.getJobID();
    cluster.submitJob(graph).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    awaitRunning();
  }

  JobStatus status() throws Exception {
    return cluster.getJobStatus(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void awaitRunning() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (status() != JobStatus.RUNNING) {
      if (System.nanoTime() > deadline || status().isGloballyTerminalState()) {
        throw new AssertionError("the job is " + status());
      }
      Thread.sleep(50);
    }
  }

  /** Kills the TaskManager with whatever it is doing, and brings another one up. */
  void loseTaskManager() throws Exception {
    cluster.terminateTaskManager(0).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    cluster.startTaskManager();
  }

  /** Whether the job ever went back to a checkpoint. */
  boolean hasRestarted() throws Exception {
    return cluster
            .getExecutionGraph(job)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .getStatusTimestamp(JobStatus.RESTARTING)
        > 0;
  }

  @Override
  public void close() throws Exception {
    if (job != null && !status().isGloballyTerminalState()) {
      cluster.cancelJob(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      cluster.requestJobResult(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    cluster.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
