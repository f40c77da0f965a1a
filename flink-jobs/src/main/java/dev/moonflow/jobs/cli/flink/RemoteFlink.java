package dev.moonflow.jobs.cli.flink;

import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.graph.KimiVlLoader;
import dev.moonflow.jobs.graph.MoonflowJob;
import dev.moonflow.jobs.perceive.ModelLoader;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster that runs elsewhere, reached through its JobManager's REST interface. */
public final class RemoteFlink {
  private static final String CAUSE = "Caused by: ";

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

  /** The jars that a cluster needs which has nothing of Moonflow in its {@code lib/}. */
  public static List<Path> jars() {
    return JobJars.find();
  }

  /** Submits the job with some jars; returns when the cluster has taken it. */
  public JobID submit(Settings settings, List<Path> jars) throws Exception {
    return submit(settings, jars, new KimiVlLoader());
  }

  /** The same with another way to load a model. */
  public JobID submit(Settings settings, List<Path> jars, ModelLoader loader) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createRemoteEnvironment(
            host,
            port,
            settings.flinkConfiguration(),
            jars.stream().map(p -> p.toAbsolutePath().toString()).toArray(String[]::new));
    MoonflowJob.build(environment, settings, loader);
    try {
      return environment.executeAsync(settings.get(JobOptions.NAME)).getJobID();
    } catch (Exception e) {
      throw new UserException(
          "The JobManager at " + host + ":" + port + " did not take the job: " + deepest(e), e);
    }
  }

  /** The innermost cause; one that happened on the cluster is told in the message's own trace. */
  static String deepest(Throwable e) {
    while (e.getCause() != null) {
      e = e.getCause();
    }
    String message = String.valueOf(e.getMessage());
    return message
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(CAUSE))
        .reduce((first, second) -> second)
        .map(line -> line.substring(CAUSE.length()))
        .orElse(e.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse(""));
  }
}
