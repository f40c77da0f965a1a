package dev.moonflow.jobs.ingest;

import java.util.Arrays;
import java.util.Objects;

/**
 * The bytes of an encoded image, possibly a part of a larger array: an inline image lies within its
 * record's value and is not copied.
 *
 * @param array where the bytes lie; never written again
 * @param offset where they begin
 * @param length how many there are
 */
public record EncodedImage(byte[] array, int offset, int length) {
  public EncodedImage {
    Objects.checkFromIndexSize(offset, length, array.length);
  }

  /** A whole array. */
  public static EncodedImage of(byte[] bytes) {
    return new EncodedImage(bytes, 0, bytes.length);
  }

  /** The same bytes as a part of {@code larger} where they occur in it, else as they are. */
  public static EncodedImage within(byte[] larger, byte[] bytes) {
    int at = larger == null || bytes.length == 0 ? -1 : indexOf(larger, bytes);
    return at < 0 ? of(bytes) : new EncodedImage(larger, at, bytes.length);
  }

  /** The bytes as an array of their own length. */
  public byte[] bytes() {
    return offset == 0 && length == array.length
        ? array
        : Arrays.copyOfRange(array, offset, offset + length);
  }

  private static int indexOf(byte[] larger, byte[] bytes) {
    for (int at = 0; at + bytes.length <= larger.length; at++) {
      if (larger[at] == bytes[0]
          && Arrays.equals(larger, at, at + bytes.length, bytes, 0, bytes.length)) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedImage that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  @Override
  public String toString() {
    return "EncodedImage[" + length + " bytes]";
  }
}
