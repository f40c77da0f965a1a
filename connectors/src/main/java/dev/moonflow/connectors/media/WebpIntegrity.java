package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The check that a WebP has as many bytes as its header says. The decoder makes up what is missing,
 * without a warning.
 */
final class WebpIntegrity {
  private static final int SIZE_OFFSET = 4;
  private static final int SIZE_COUNTS_FROM = 8;

  private WebpIntegrity() {}

  static void check(byte[] webp) throws MediaRejectedException {
    int size = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).getInt(SIZE_OFFSET);
    long expected = Integer.toUnsignedLong(size) + SIZE_COUNTS_FROM;
    if (webp.length < expected) {
      throw new MediaRejectedException(
          Reason.TRUNCATED,
          "the WebP ends at byte " + webp.length + " of the " + expected + " that it announces");
    }
  }
}
