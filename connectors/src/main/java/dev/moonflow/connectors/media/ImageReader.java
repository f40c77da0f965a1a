package dev.moonflow.connectors.media;

/** The decoder of image files. Thread-safe. */
public final class ImageReader {
  private ImageReader() {}

  /**
   * Type, size and number of pages, read from the header only.
   *
   * @throws MediaRejectedException when the bytes are no image or their header is cut off
   */
  public static ImageHeader header(byte[] bytes) throws MediaRejectedException {
    throw new UnsupportedOperationException("being built");
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
    throw new UnsupportedOperationException("being built");
  }

  /** The pixels of the first page. */
  public static DecodedImage decode(byte[] bytes, MediaLimits limits)
      throws MediaRejectedException {
    return decode(bytes, 0, limits);
  }
}
