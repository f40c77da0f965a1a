package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Refuses BMP files that wrap a JPEG or a PNG. Printers are sent such files. The decoder takes as
 * many bytes as they announce for what they wrap, up to two gigabytes, and passes a corner of it,
 * as large as the outer header says, off as the image.
 */
final class BmpIntegrity {
  private static final int HEADER_SIZE_AT = 14;
  private static final int COMPRESSION_AT = 30;
  private static final int JPEG = 4;
  private static final int PNG = 5;

  private BmpIntegrity() {}

  static void check(byte[] bytes) throws MediaRejectedException {
    if (bytes.length < COMPRESSION_AT + Integer.BYTES) {
      return; // cut off, which the decoder notices
    }
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int headerEnd = HEADER_SIZE_AT + file.getInt(HEADER_SIZE_AT);
    int compression = file.getInt(COMPRESSION_AT);
    boolean wraps = compression == JPEG || compression == PNG;
    if (wraps && (headerEnd < 0 || headerEnd >= COMPRESSION_AT + Integer.BYTES)) {
      throw new MediaRejectedException(
          Reason.UNSUPPORTED,
          "the BMP wraps a " + (compression == JPEG ? "JPEG" : "PNG") + ", which is not read");
    }
  }
}
