package dev.moonflow.connectors.claimcheck;

import java.io.Serializable;
import java.util.List;

/**
 * What a payload may be and where a claim check may point.
 *
 * <p>The default allows no place at all: a job with the right to read {@code file:///etc} or any
 * bucket would otherwise lend that right to every publisher. Whoever uses claim checks names the
 * folders or buckets.
 *
 * @param allowedPrefixes absolute URIs of folders, for example {@code s3://scans/incoming/} or
 *     {@code file:///srv/scans/}; a claim check is allowed when it lies below one of them
 * @param bytesMax bytes of a payload at most, inline or not
 */
public record ClaimCheckPolicy(List<String> allowedPrefixes, long bytesMax)
    implements Serializable {
  /** Bytes of a payload at most where nothing else is said: 64 MiB. */
  public static final long DEFAULT_BYTES_MAX = 64L << 20;

  public ClaimCheckPolicy {
    allowedPrefixes = List.copyOf(allowedPrefixes);
    if (bytesMax < 1 || bytesMax > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "bytesMax must be from 1 to " + (Integer.MAX_VALUE - 8) + ": " + bytesMax);
    }
  }

  /** Inline payloads up to the default size, and no claim checks. */
  public static ClaimCheckPolicy inlineOnly() {
    return new ClaimCheckPolicy(List.of(), DEFAULT_BYTES_MAX);
  }

  /** Claim checks below {@code prefixes}, and payloads up to the default size. */
  public static ClaimCheckPolicy allowing(String... prefixes) {
    return new ClaimCheckPolicy(List.of(prefixes), DEFAULT_BYTES_MAX);
  }
}
