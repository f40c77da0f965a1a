package dev.moonflow.jobs.ingest;

import dev.moonflow.jobs.settings.RegistryOptions;
import dev.moonflow.jobs.settings.Settings;
import java.io.Serializable;
import java.time.Duration;

/**
 * How long a service is waited for that does not answer.
 *
 * @param retries tries after the first, at most
 * @param backoff pause before the first retry; each next one is twice it
 * @param backoffMax the longest pause
 * @param limit no retry begins later than this after the first try
 */
public record RetrySettings(int retries, Duration backoff, Duration backoffMax, Duration limit)
    implements Serializable {

  /** Picks them out of the job's settings. */
  public static RetrySettings of(Settings settings) {
    return new RetrySettings(
        settings.get(RegistryOptions.RETRIES),
        settings.get(RegistryOptions.RETRY_BACKOFF),
        settings.get(RegistryOptions.RETRY_BACKOFF_MAX),
        settings.get(RegistryOptions.RETRY_LIMIT));
  }
}
