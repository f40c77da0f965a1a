package dev.moonflow.jobs.cli.flink;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.UserException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;

/**
 * Watches a job that runs in this process: says when it fails and starts again, and gives up when
 * it does so again and again. Used by one thread.
 */
public final class JobWatch {
  private static final int FAILURES_MAX = 5;

  private final LocalFlink flink;
  private final JobID job;
  private final Console console;
  private long lastFailure;
  private int failures;

  /** A watch over a job. */
  public JobWatch(LocalFlink flink, JobID job, Console console) {
    this.flink = flink;
    this.job = job;
    this.console = console;
  }

  /**
   * Looks once.
   *
   * @return whether the job has not ended
   * @throws UserException if the job failed for good, or too often without {@link #progress}
   */
  public boolean look() throws Exception {
    AccessExecutionGraph graph = flink.graph(job);
    ErrorInfo error = graph.getFailureInfo();
    if (error != null && error.getTimestamp() != lastFailure) {
      lastFailure = error.getTimestamp();
      failures++;
      String reason = FailureReason.of(error.getException());
      if (graph.getState().isTerminalState() || failures >= FAILURES_MAX) {
        throw new UserException("The job failed: " + reason, error.getException());
      }
      console.note("The job failed and starts again from its last checkpoint: " + reason);
    }
    return !graph.getState().isTerminalState();
  }

  /** Something came out, so earlier failures are forgiven. */
  public void progress() {
    failures = 0;
  }

  /** Waits until every subtask runs: models are loaded, sources have begun. */
  public void awaitRunning() throws Exception {
    while (look() && !flink.allRunning(job)) {
      Thread.sleep(50);
    }
  }

  /** Waits until the job has ended. */
  public void awaitEnd() throws Exception {
    while (look()) {
      Thread.sleep(500);
    }
  }
}
