package dev.moonflow.connectors.media;

/** A kind of file that is read here, told by its first bytes and never by its name. */
public enum MediaType {
  /** JPEG image. */
  JPEG("image/jpeg"),
  /** PNG image. */
  PNG("image/png"),
  /** TIFF image, of one page or more. */
  TIFF("image/tiff"),
  /** WebP image. */
  WEBP("image/webp"),
  /** GIF image; only its first frame is read. */
  GIF("image/gif"),
  /** BMP image. */
  BMP("image/bmp"),
  /** PDF document. */
  PDF("application/pdf");

  private final String mimeType;

  MediaType(String mimeType) {
    this.mimeType = mimeType;
  }

  /** The registered name, for example {@code image/jpeg}. */
  public String mimeType() {
    return mimeType;
  }

  /** Whether it is an image; the others are documents that must be rendered. */
  public boolean isImage() {
    return this != PDF;
  }

  /**
   * The type of a file.
   *
   * @throws MediaRejectedException when it is empty or of no known type; the message says what it
   *     looks like
   */
  public static MediaType sniff(byte[] bytes) throws MediaRejectedException {
    throw new UnsupportedOperationException("being built");
  }
}
