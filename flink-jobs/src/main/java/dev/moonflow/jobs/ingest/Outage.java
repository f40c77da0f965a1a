package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.registry.RegistryUnavailableException;
import java.io.IOException;

/**
 * Waits for services that do not answer: a few times, each pause twice the one before, no pause
 * longer than one limit and all tries together within another. The task that waits holds its source
 * back and lets no checkpoint pass, which is why there is an end to it: the event goes to the dead
 * letters then.
 */
public final class Outage {
  private final RetrySettings settings;
  private final Clock clock;

  /** Patience as the settings say. */
  public Outage(RetrySettings settings) {
    this(settings, Clock.SYSTEM);
  }

  Outage(RetrySettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Work that may meet an outage. */
  public interface Work<T> {
    /** Does it. */
    T run() throws Exception;
  }

  /** Time, for tests to stand still. */
  interface Clock {
    /** The system's. */
    Clock SYSTEM =
        new Clock() {
          @Override
          public long millis() {
            return System.nanoTime() / 1_000_000;
          }

          @Override
          public void sleep(long millis) throws InterruptedException {
            Thread.sleep(millis);
          }
        };

    /** Milliseconds since some moment. */
    long millis();

    /** Waits. */
    void sleep(long millis) throws InterruptedException;
  }

  /**
   * The work's result.
   *
   * @throws Exception what the work threw: at once when the event is at fault, after the last retry
   *     when a service did not answer
   */
  public <T> T outlast(Work<T> work) throws Exception {
    long deadline = clock.millis() + settings.limit().toMillis();
    long pause = settings.backoff().toMillis();
    for (int left = settings.retries(); ; left--) {
      try {
        return work.run();
      } catch (RegistryUnavailableException | IOException e) {
        if (left == 0 || clock.millis() + pause > deadline) {
          throw e;
        }
      }
      clock.sleep(pause);
      pause = Math.min(2 * pause, settings.backoffMax().toMillis());
    }
  }
}
