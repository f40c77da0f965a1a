package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.registry.RegistryUnavailableException;
import java.io.IOException;
import java.time.Duration;

/** Waits for services that do not answer: a few times, each pause twice the one before. */
public final class Outage {
  private final int retries;
  private final Duration backoff;

  /** Patience for {@code retries} retries, the first after {@code backoff}. */
  public Outage(int retries, Duration backoff) {
    this.retries = retries;
    this.backoff = backoff;
  }

  /** Work that may meet an outage. */
  public interface Work<T> {
    /** Does it. */
    T run() throws Exception;
  }

  /**
   * The work's result.
   *
   * @throws Exception what the work threw: at once when the event is at fault, after the last retry
   *     when a service did not answer
   */
  public <T> T outlast(Work<T> work) throws Exception {
    long pauseMillis = backoff.toMillis();
    for (int left = retries; ; left--) {
      try {
        return work.run();
      } catch (RegistryUnavailableException | IOException e) {
        if (left == 0) {
          throw e;
        }
      }
      Thread.sleep(pauseMillis);
      pauseMillis *= 2;
    }
  }
}
