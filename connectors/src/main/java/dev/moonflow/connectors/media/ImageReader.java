package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import dev.moonflow.connectors.naming.FailureText;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The decoder of image files: their stored samples as 8-bit RGB (see {@link RgbSamples} for the
 * rules), without colour management, with alpha dropped and with an EXIF orientation not applied.
 * Thread-safe.
 */
public final class ImageReader {
  private ImageReader() {}

  /**
   * Type, size and number of pages, read from the header only.
   *
   * @throws MediaRejectedException when the bytes are no image or their header is cut off
   */
  public static ImageHeader header(byte[] bytes) throws MediaRejectedException {
    MediaType type = imageType(bytes);
    return read(
        type,
        bytes,
        reader ->
            new ImageHeader(type, reader.getWidth(0), reader.getHeight(0), pages(reader, type)));
  }

  /**
   * The pixels of one page.
   *
   * @param page from 0; always 0 but for TIFF
   * @throws MediaRejectedException when a limit is exceeded, before any pixel is decoded, or when
   *     the image cannot be decoded whole
   */
  public static DecodedImage decode(byte[] bytes, int page, MediaLimits limits)
      throws MediaRejectedException {
    LimitChecks.bytes(bytes, limits);
    MediaType type = imageType(bytes);
    if (type == MediaType.PNG && page == 0) {
      PngIntegrity.check(bytes);
      Optional<DecodedImage> plain = PlainPng.read(bytes, limits);
      if (plain.isPresent()) {
        return plain.get();
      }
    }
    return read(type, bytes, reader -> decode(reader, type, bytes, page, limits));
  }

  /** The pixels of the first page. */
  public static DecodedImage decode(byte[] bytes, MediaLimits limits)
      throws MediaRejectedException {
    return decode(bytes, 0, limits);
  }

  private static DecodedImage decode(
      javax.imageio.ImageReader reader, MediaType type, byte[] bytes, int page, MediaLimits limits)
      throws IOException, MediaRejectedException {
    int pages = pages(reader, type);
    LimitChecks.pages(pages, limits);
    if (page < 0 || page >= pages) {
      throw new MediaRejectedException(
          Reason.UNSUPPORTED, "there is no page " + page + " in a file with " + pages + " pages");
    }
    LimitChecks.pixels("the image", reader.getWidth(page), reader.getHeight(page), limits);
    switch (type) {
      case PNG -> PngIntegrity.check(bytes);
      case WEBP -> WebpIntegrity.check(bytes);
      case BMP -> BmpIntegrity.check(bytes);
      default -> {
        // The decoders of the other types notice by themselves.
      }
    }
    DecoderWarnings warnings = new DecoderWarnings();
    reader.addIIOReadWarningListener(warnings);
    BufferedImage image = reader.read(page);
    if (warnings.damage().isPresent()) {
      throw new MediaRejectedException(
          Reason.TRUNCATED, "the " + type + " cannot be decoded whole: " + warnings.damage().get());
    }
    return RgbSamples.of(image);
  }

  private static MediaType imageType(byte[] bytes) throws MediaRejectedException {
    MediaType type = MediaType.sniff(bytes);
    if (!type.isImage()) {
      throw new MediaRejectedException(
          Reason.UNSUPPORTED, "the file is a " + type + ", which belongs to the documents");
    }
    return type;
  }

  private static int pages(javax.imageio.ImageReader reader, MediaType type) throws IOException {
    return type == MediaType.TIFF ? reader.getNumImages(true) : 1;
  }

  private interface Reading<T> {
    T from(javax.imageio.ImageReader reader) throws IOException, MediaRejectedException;
  }

  private static <T> T read(MediaType type, byte[] bytes, Reading<T> reading)
      throws MediaRejectedException {
    javax.imageio.ImageReader reader = null;
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader = ImageCodecs.reader(type);
      // Text chunks and profiles are not wanted, and unpacking them is a way to be attacked.
      reader.setInput(input, false, true);
      return reading.from(reader);
    } catch (EOFException e) {
      throw new MediaRejectedException(
          Reason.TRUNCATED, "the " + type + " ends at byte " + bytes.length + ", too early", e);
    } catch (IOException | RuntimeException e) {
      throw broken(type, bytes, e);
    } catch (OutOfMemoryError e) {
      // Some formats can ask for buffers that have nothing to do with the size of the image; what
      // was allocated for them is free again when the error arrives here.
      throw new MediaRejectedException(
          Reason.CORRUPT, "the " + type + " asks for more memory than there is", e);
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  /** Decoders fail on bad bytes with whatever they stumble over; a cut shows in the cause. */
  private static MediaRejectedException broken(MediaType type, byte[] bytes, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (cause instanceof EOFException || message.contains("unexpected end")) {
        return new MediaRejectedException(
            Reason.TRUNCATED,
            "the " + type + " ends at byte " + bytes.length + ", too early",
            failure);
      }
    }
    return new MediaRejectedException(
        Reason.CORRUPT, "the " + type + " cannot be decoded: " + FailureText.of(failure), failure);
  }
}
