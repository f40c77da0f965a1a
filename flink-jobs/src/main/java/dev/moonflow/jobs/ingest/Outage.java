package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.registry.RegistryUnavailableException;
import java.io.IOException;
import java.time.Duration;

/** Waits for services that do not answer: a few times, each pause twice the one before. */
final class Outage {
  private final int retries;
  private final Duration backoff;

  Outage(int retries, Duration backoff) {
    this.retries = retries;
    this.backoff = backoff;
  }

  /** Work that may meet an outage. */
  interface Work<T> {
    T run() throws Exception;
  }

  /**
   * The work's result.
   *
   * @throws Exception what the work threw: at once when the event is at fault, after the last retry
   *     when a service did not answer
   */
  <T> T outlast(Work<T> work) throws Exception {
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
