package dev.moonflow.jobs.cli.publish;

import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.media.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a file is, told by its first bytes and never by its name. */
final class FileKinds {
  private static final int HEAD_BYTES = 2048;

  private FileKinds() {}

  /** The kind of a file; nothing for what Moonflow does not read. */
  static Optional<InputFile.Kind> of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    if (isVideo(head)) {
      return Optional.of(InputFile.Kind.VIDEO);
    }
    try {
      MediaType type = MediaType.sniff(head);
      boolean document = type == MediaType.PDF || type == MediaType.TIFF;
      return Optional.of(document ? InputFile.Kind.DOCUMENT : InputFile.Kind.IMAGE);
    } catch (MediaRejectedException e) {
      return Optional.empty();
    }
  }

  /** MP4 and MOV, Matroska and WebM, AVI, MPEG program and transport streams, Ogg, FLV. */
  private static boolean isVideo(byte[] head) {
    return (at(head, 4, "ftyp") && !at(head, 8, "avif") && !at(head, 8, "heic"))
        || at(head, 4, "moov")
        || bytes(head, 0x1A, 0x45, 0xDF, 0xA3)
        || (at(head, 0, "RIFF") && at(head, 8, "AVI "))
        || bytes(head, 0x00, 0x00, 0x01, 0xBA)
        || (bytes(head, 0x47) && head.length > 376 && head[188] == 0x47 && head[376] == 0x47)
        || at(head, 0, "OggS")
        || at(head, 0, "FLV\u0001");
  }

  private static boolean at(byte[] head, int offset, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    if (head.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (head[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean bytes(byte[] head, int... expected) {
    if (head.length < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((head[i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
