package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The check that a PNG is whole: every chunk is there up to the last one, with the checksum that it
 * carries. The JDK's reader looks at no checksum, and forgives an end that comes too early.
 */
final class PngIntegrity {
  private static final int SIGNATURE_BYTES = 8;
  private static final int LENGTH_AND_TYPE_BYTES = 8;
  private static final int CRC_BYTES = 4;
  private static final int END_CHUNK = 0x49454E44;

  private PngIntegrity() {}

  static void check(byte[] png) throws MediaRejectedException {
    ByteBuffer file = ByteBuffer.wrap(png);
    CRC32 crc = new CRC32();
    int at = SIGNATURE_BYTES;
    while (true) {
      if (png.length - at < LENGTH_AND_TYPE_BYTES + CRC_BYTES) {
        throw truncated(png.length);
      }
      int length = file.getInt(at);
      int type = file.getInt(at + Integer.BYTES);
      if (length < 0) {
        throw new MediaRejectedException(
            Reason.CORRUPT, "the PNG has a chunk of impossible length at byte " + at);
      }
      if (length > png.length - at - LENGTH_AND_TYPE_BYTES - CRC_BYTES) {
        throw truncated(png.length);
      }
      crc.reset();
      crc.update(png, at + Integer.BYTES, Integer.BYTES + length);
      if ((int) crc.getValue() != file.getInt(at + LENGTH_AND_TYPE_BYTES + length)) {
        throw new MediaRejectedException(
            Reason.CORRUPT, "the PNG's chunk at byte " + at + " does not have its checksum");
      }
      if (type == END_CHUNK) {
        return;
      }
      at += LENGTH_AND_TYPE_BYTES + length + CRC_BYTES;
    }
  }

  private static MediaRejectedException truncated(int length) {
    return new MediaRejectedException(
        Reason.TRUNCATED, "the PNG ends at byte " + length + ", before its last chunk");
  }
}
