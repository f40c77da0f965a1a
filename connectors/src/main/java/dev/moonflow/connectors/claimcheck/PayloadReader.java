package dev.moonflow.connectors.claimcheck;

import dev.moonflow.connectors.claimcheck.PayloadRejectedException.Reason;
import dev.moonflow.schemas.ClaimCheck;
import dev.moonflow.schemas.Payload;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/**
 * The reader of payloads under a policy. Sizes are compared before anything is read, and at most
 * one byte more than the claim check promises is ever fetched. Thread-safe.
 */
public final class PayloadReader {
  private final ClaimCheckPolicy policy;
  private final AllowedPlaces places;

  /**
   * A reader that holds to {@code policy}.
   *
   * @throws IllegalArgumentException when an allowed prefix is not an absolute URI
   */
  public PayloadReader(ClaimCheckPolicy policy) {
    this.policy = policy;
    this.places = new AllowedPlaces(policy.allowedPrefixes());
  }

  /**
   * The payload's bytes, inline or fetched and verified.
   *
   * @throws PayloadRejectedException when the payload is at fault
   * @throws IOException when the file system failed: trying again may help
   */
  public byte[] read(Payload payload) throws PayloadRejectedException, IOException {
    ByteBuffer inline = payload.getInline();
    ClaimCheck check = payload.getClaimCheck();
    if ((inline == null) == (check == null)) {
      throw new PayloadRejectedException(
          Reason.NOT_EXACTLY_ONE,
          inline == null
              ? "the payload has neither inline bytes nor a claim check"
              : "the payload has both inline bytes and a claim check");
    }
    return inline != null ? inline(inline) : fetched(check);
  }

  /**
   * The object at a URI, whatever its hash is: for records that name an object and say no more.
   *
   * @throws PayloadRejectedException when the URI or the object is at fault
   * @throws IOException when the file system failed: trying again may help
   */
  public byte[] readObject(String uri) throws PayloadRejectedException, IOException {
    URI place = places.check(uri);
    long size;
    try {
      FileStatus status = FileSystem.get(place).getFileStatus(new Path(place));
      size = status.isDir() ? 0 : status.getLen();
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new PayloadRejectedException(Reason.MISSING, "nothing lies at " + uri, e);
    } catch (UnsupportedFileSystemSchemeException e) {
      throw new PayloadRejectedException(
          Reason.NOT_ALLOWED,
          "this cluster has no file system for "
              + place.getScheme()
              + "://: install Flink's plugin",
          e);
    }
    checkSize("the object at " + uri, size);
    return fetch(
        place, ClaimCheck.newBuilder().setUri(uri).setSizeBytes(size).setSha256("").build());
  }

  private byte[] inline(ByteBuffer inline) throws PayloadRejectedException {
    checkSize("the payload", inline.remaining());
    byte[] bytes = new byte[inline.remaining()];
    inline.duplicate().get(bytes);
    return bytes;
  }

  private byte[] fetched(ClaimCheck check) throws PayloadRejectedException, IOException {
    checkSize("the claim check's object", check.getSizeBytes());
    if (!Sha256.isWellFormed(check.getSha256())) {
      throw new PayloadRejectedException(
          Reason.MALFORMED_CLAIM_CHECK,
          "the claim check's sha256 is not 64 lower-case hexadecimal digits");
    }
    URI uri = places.check(check.getUri());
    byte[] bytes = fetch(uri, check);
    String hash = Sha256.of(bytes);
    if (!hash.equals(check.getSha256())) {
      throw new PayloadRejectedException(
          Reason.HASH_DIFFERS,
          "the object at "
              + check.getUri()
              + " has the SHA-256 "
              + hash
              + ", but the claim check says "
              + check.getSha256());
    }
    return bytes;
  }

  private void checkSize(String what, long size) throws PayloadRejectedException {
    if (size <= 0) {
      throw new PayloadRejectedException(Reason.EMPTY, what + " has " + size + " bytes");
    }
    if (size > policy.bytesMax()) {
      throw new PayloadRejectedException(
          Reason.TOO_LARGE,
          what + " has " + size + " bytes, more than the " + policy.bytesMax() + " allowed");
    }
  }

  private static byte[] fetch(URI uri, ClaimCheck check)
      throws PayloadRejectedException, IOException {
    Path path = new Path(uri);
    try {
      FileSystem files = FileSystem.get(uri);
      FileStatus status = files.getFileStatus(path);
      if (status.isDir()) {
        throw new PayloadRejectedException(
            Reason.MISSING, "the claim check points to " + check.getUri() + ", which is a folder");
      }
      if (status.getLen() != check.getSizeBytes()) {
        throw sizeDiffers(check, Long.toString(status.getLen()));
      }
      return readExactly(files, path, check);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new PayloadRejectedException(
          Reason.MISSING,
          "nothing lies at " + check.getUri() + ", where the claim check points",
          e);
    } catch (UnsupportedFileSystemSchemeException e) {
      throw new PayloadRejectedException(
          Reason.NOT_ALLOWED,
          "this cluster has no file system for " + uri.getScheme() + "://: install Flink's plugin",
          e);
    }
  }

  private static byte[] readExactly(FileSystem files, Path path, ClaimCheck check)
      throws PayloadRejectedException, IOException {
    int size = Math.toIntExact(check.getSizeBytes());
    try (FSDataInputStream input = files.open(path)) {
      byte[] bytes = input.readNBytes(size);
      // The object may have changed since its size was looked up.
      if (bytes.length != size || input.read() >= 0) {
        throw sizeDiffers(check, bytes.length < size ? Integer.toString(bytes.length) : "more");
      }
      return bytes;
    }
  }

  private static PayloadRejectedException sizeDiffers(ClaimCheck check, String actual) {
    return new PayloadRejectedException(
        Reason.SIZE_DIFFERS,
        "the object at "
            + check.getUri()
            + " has "
            + actual
            + " bytes, but the claim check says "
            + check.getSizeBytes());
  }
}
