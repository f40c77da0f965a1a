package dev.moonflow.connectors.claimcheck;

import dev.moonflow.schemas.ClaimCheck;
import dev.moonflow.schemas.Payload;
import java.io.IOException;
import java.net.URI;

/** The writer of payloads: large ones go to a folder, and a claim check stands for them. */
public final class ClaimCheckWriter {

  /**
   * A writer that keeps payloads of up to {@code inlineBytesMax} bytes inline and writes larger
   * ones below {@code folder}, which may be null when nothing is to be written.
   */
  public ClaimCheckWriter(URI folder, long inlineBytesMax) {
    throw new UnsupportedOperationException("being built");
  }

  /** The payload for {@code bytes}: inline, or written under the name of its hash. */
  public Payload payload(byte[] bytes, String mediaType) throws IOException {
    throw new UnsupportedOperationException("being built");
  }

  /** Writes {@code bytes} below the folder under the name of their hash, unless they lie there. */
  public ClaimCheck write(byte[] bytes) throws IOException {
    throw new UnsupportedOperationException("being built");
  }
}
