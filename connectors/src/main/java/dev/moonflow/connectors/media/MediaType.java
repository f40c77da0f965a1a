package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;

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

  private static final String KNOWN = "JPEG, PNG, TIFF, WebP, GIF, BMP nor PDF";
  private static final int PDF_HEADER_WITHIN = 1024;

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
    if (bytes.length == 0) {
      throw new MediaRejectedException(Reason.EMPTY, "the file has no bytes");
    }
    for (MediaType type : values()) {
      if (type.matches(new FirstBytes(bytes))) {
        return type;
      }
    }
    throw new MediaRejectedException(
        Reason.UNKNOWN_TYPE,
        "the file is neither " + KNOWN + ": it " + ForeignContent.describe(new FirstBytes(bytes)));
  }

  private boolean matches(FirstBytes bytes) {
    return switch (this) {
      case JPEG -> bytes.startWith(0xFF, 0xD8, 0xFF);
      case PNG -> bytes.startWith(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n');
      case TIFF ->
          bytes.startWith('I', 'I', 42, 0)
              || bytes.startWith('M', 'M', 0, 42)
              || bytes.startWith('I', 'I', 43, 0)
              || bytes.startWith('M', 'M', 0, 43);
      case WEBP -> bytes.has(0, "RIFF") && bytes.has(8, "WEBP");
      case GIF -> bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a");
      // Two letters are little evidence; the second one is a reserved field that is always zero.
      case BMP -> bytes.has(0, "BM") && bytes.has(6, "\0\0\0\0");
      // Readers accept what lies before the header, and scanners' software makes use of it.
      case PDF -> bytes.contains("%PDF-", PDF_HEADER_WITHIN);
    };
  }
}
