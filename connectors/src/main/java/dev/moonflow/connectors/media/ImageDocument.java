package dev.moonflow.connectors.media;

/** A document that is an image file: one page, or the pages of a TIFF. */
final class ImageDocument extends DocumentReader {
  private final byte[] bytes;
  private final ImageHeader header;
  private final MediaLimits limits;

  private ImageDocument(byte[] bytes, ImageHeader header, MediaLimits limits) {
    this.bytes = bytes;
    this.header = header;
    this.limits = limits;
  }

  static ImageDocument ofImage(byte[] bytes, MediaLimits limits) throws MediaRejectedException {
    ImageHeader header = ImageReader.header(bytes);
    LimitChecks.pages(header.pages(), limits);
    return new ImageDocument(bytes, header, limits);
  }

  @Override
  public MediaType type() {
    return header.type();
  }

  @Override
  public int pageCount() {
    return header.pages();
  }

  @Override
  DecodedImage render(int page, int dpi) throws MediaRejectedException {
    return ImageReader.decode(bytes, page, limits);
  }

  @Override
  public void close() {
    // Nothing is held open between pages.
  }
}
