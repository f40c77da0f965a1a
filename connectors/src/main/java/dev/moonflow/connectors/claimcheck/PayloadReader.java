package dev.moonflow.connectors.claimcheck;

import dev.moonflow.schemas.Payload;
import java.io.IOException;

/** The reader of payloads under a policy. Thread-safe. */
public final class PayloadReader {

  /** A reader that holds to {@code policy}. */
  public PayloadReader(ClaimCheckPolicy policy) {
    throw new UnsupportedOperationException("being built");
  }

  /**
   * The payload's bytes, inline or fetched and verified.
   *
   * @throws PayloadRejectedException when the payload is at fault
   * @throws IOException when the file system failed: trying again may help
   */
  public byte[] read(Payload payload) throws PayloadRejectedException, IOException {
    throw new UnsupportedOperationException("being built");
  }
}
