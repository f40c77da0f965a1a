package dev.moonflow.connectors.claimcheck;

import dev.moonflow.schemas.ClaimCheck;
import dev.moonflow.schemas.Payload;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * The writer of payloads: small ones stay inline, large ones go to a folder, and a claim check
 * stands for them. An object's name is its hash, so the same bytes are written once.
 */
public final class ClaimCheckWriter {
  private final URI folder;
  private final long inlineBytesMax;

  /**
   * A writer that keeps payloads of up to {@code inlineBytesMax} bytes inline and writes larger
   * ones below {@code folder}.
   *
   * @param folder absolute URI of a folder in a file system that Flink knows; null keeps everything
   *     inline and refuses what is larger
   */
  public ClaimCheckWriter(URI folder, long inlineBytesMax) {
    if (folder != null && !folder.isAbsolute()) {
      throw new IllegalArgumentException("the folder of claim checks must be absolute: " + folder);
    }
    this.folder = folder;
    this.inlineBytesMax = inlineBytesMax;
  }

  /**
   * The payload for {@code bytes}: inline, or written under the name of its hash.
   *
   * @param mediaType what the publisher believes the bytes are, or null
   */
  public Payload payload(byte[] bytes, String mediaType) throws IOException {
    Payload.Builder payload = Payload.newBuilder().setMediaType(mediaType);
    return bytes.length <= inlineBytesMax
        ? payload.setInline(ByteBuffer.wrap(bytes)).build()
        : payload.setClaimCheck(write(bytes)).build();
  }

  /** Writes {@code bytes} below the folder under the name of their hash, unless they lie there. */
  public ClaimCheck write(byte[] bytes) throws IOException {
    if (folder == null) {
      throw new IOException(
          bytes.length
              + " bytes are more than the "
              + inlineBytesMax
              + " allowed inline, and there is no folder for claim checks");
    }
    String hash = Sha256.of(bytes);
    Path target = new Path(new Path(folder), hash);
    FileSystem files = FileSystem.get(folder);
    if (!liesThere(files, target, bytes.length)) {
      files.mkdirs(new Path(folder));
      // Under another name first: a reader must never meet half an object.
      Path unfinished = new Path(new Path(folder), "." + hash + "." + UUID.randomUUID());
      try (FSDataOutputStream output = files.create(unfinished, WriteMode.NO_OVERWRITE)) {
        output.write(bytes);
      }
      if (!files.rename(unfinished, target) && !liesThere(files, target, bytes.length)) {
        files.delete(unfinished, false);
        throw new IOException("could not rename " + unfinished + " to " + target);
      }
    }
    return ClaimCheck.newBuilder()
        .setUri(target.toUri().toString())
        .setSizeBytes(bytes.length)
        .setSha256(hash)
        .build();
  }

  private static boolean liesThere(FileSystem files, Path path, long size) throws IOException {
    try {
      return files.getFileStatus(path).getLen() == size;
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
