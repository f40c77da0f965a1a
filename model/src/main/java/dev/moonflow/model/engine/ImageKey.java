package dev.moonflow.model.engine;

import dev.moonflow.kernels.RgbImage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a processed image: of its width, its height and its samples. */
record ImageKey(long a, long b, long c, long d) {

  static ImageKey of(RgbImage image) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          ByteBuffer.allocate(2 * Integer.BYTES)
              .putInt(image.width())
              .putInt(image.height())
              .array());
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(image.rgb()));
      return new ImageKey(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
