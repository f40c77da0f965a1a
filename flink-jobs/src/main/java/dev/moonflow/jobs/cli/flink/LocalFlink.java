package dev.moonflow.jobs.cli.flink;

import dev.moonflow.jobs.cli.console.LogFile;
import dev.moonflow.jobs.graph.MoonflowJob;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Flink in this process: one JobManager, one TaskManager and the web interface. */
public final class LocalFlink implements AutoCloseable {
  private static final long STOP_SECONDS = 60;

  private final MiniCluster cluster;
  private final Configuration configuration;

  private LocalFlink(MiniCluster cluster, Configuration configuration) {
    this.cluster = cluster;
    this.configuration = configuration;
  }

  /**
   * Starts Flink on free loopback ports.
   *
   * @param settings Flink's own keys among them are taken over
   * @param temporary folder for Flink's working files
   * @param slots subtasks that it can run of each operator
   */
  public static LocalFlink start(Settings settings, Path temporary, int slots) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(JobManagerOptions.ADDRESS, "127.0.0.1");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    configuration.setString("io.tmp.dirs", temporary.toString());
    configuration.set(WebOptions.TMP_DIR, temporary.toString());
    configuration.set(WebOptions.UPLOAD_DIR, temporary.toString());
    if (LogFile.current() != null) {
      configuration.set(WebOptions.LOG_PATH, LogFile.current().toString());
    }
    configuration.addAll(settings.flinkConfiguration());
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    cluster.start();
    return new LocalFlink(cluster, configuration);
  }

  /** Address of the web interface. */
  public URI webAddress() throws Exception {
    return cluster.getRestAddress().get(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** Builds the job and starts it; returns at once. */
  public JobID submit(Settings settings) throws Exception {
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment(configuration);
    MoonflowJob.build(environment, settings);
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(settings.get(JobOptions.NAME));
    return cluster.submitJob(graph.getJobGraph()).get(STOP_SECONDS, TimeUnit.SECONDS).getJobID();
  }

  /** What the JobManager knows of a job. */
  AccessExecutionGraph graph(JobID job) throws Exception {
    return cluster.getExecutionGraph(job).get(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** Whether every subtask of a job runs; a job that is still being scheduled has none. */
  boolean allRunning(JobID job) throws Exception {
    List<ExecutionState> states =
        StreamSupport.stream(graph(job).getAllExecutionVertices().spliterator(), false)
            .map(AccessExecutionVertex::getExecutionState)
            .toList();
    return !states.isEmpty() && states.stream().allMatch(s -> s == ExecutionState.RUNNING);
  }

  /** Stops a job with a savepoint below {@code folder}; everything it wrote is committed. */
  public String stopWithSavepoint(JobID job, String folder) throws Exception {
    return cluster
        .stopWithSavepoint(job, folder, false, SavepointFormatType.CANONICAL)
        .get(STOP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    cluster.closeAsync().get(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
