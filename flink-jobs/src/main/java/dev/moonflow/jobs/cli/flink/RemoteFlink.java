package dev.moonflow.jobs.cli.flink;

import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.graph.MoonflowJob;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster that runs elsewhere, reached through its JobManager's REST interface. */
public final class RemoteFlink {
  private final String host;
  private final int port;

  private RemoteFlink(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /**
   * A cluster by its address.
   *
   * @param address {@code HOST:PORT} of the REST interface
   * @throws UserException if it is not of that form
   */
  public static RemoteFlink at(String address) {
    int colon = address.lastIndexOf(':');
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      if (colon > 0 && port > 0 && port < 65536) {
        return new RemoteFlink(address.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      // The same sentence says it.
    }
    throw new UserException("--jobmanager needs HOST:PORT, got \"" + address + "\".");
  }

  /** How many jars go along. */
  public int jars() {
    return JobJars.find().size();
  }

  /** Submits the job with our jars; returns when the cluster has taken it. */
  public JobID submit(Settings settings) throws Exception {
    List<Path> jars = JobJars.find();
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createRemoteEnvironment(
            host,
            port,
            settings.flinkConfiguration(),
            jars.stream().map(p -> p.toAbsolutePath().toString()).toArray(String[]::new));
    MoonflowJob.build(environment, settings);
    try {
      return environment.executeAsync(settings.get(JobOptions.NAME)).getJobID();
    } catch (Exception e) {
      throw new UserException(
          "The JobManager at " + host + ":" + port + " did not take the job: " + deepest(e), e);
    }
  }

  private static String deepest(Throwable e) {
    while (e.getCause() != null) {
      e = e.getCause();
    }
    String message = String.valueOf(e.getMessage());
    return e.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }
}
