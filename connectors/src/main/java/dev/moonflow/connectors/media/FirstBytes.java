package dev.moonflow.connectors.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The beginning of a file, compared with signatures. */
record FirstBytes(byte[] bytes) {

  /** Whether the file begins with these bytes. */
  boolean startWith(int... signature) {
    if (bytes.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((bytes[i] & 0xFF) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether these characters stand at {@code offset}. */
  boolean has(int offset, String characters) {
    return bytes.length >= offset + characters.length()
        && text(offset, characters.length()).equals(characters);
  }

  /** Whether these characters begin within the first {@code within} bytes. */
  boolean contains(String characters, int within) {
    return text(0, Math.min(bytes.length, within + characters.length())).contains(characters);
  }

  /** Bytes as characters, one for one. */
  String text(int offset, int length) {
    return new String(bytes, offset, Math.min(length, bytes.length - offset), ISO_8859_1);
  }
}
