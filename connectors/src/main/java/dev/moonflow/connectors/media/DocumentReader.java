package dev.moonflow.connectors.media;

/**
 * An open document whose pages can be rendered: a PDF, a TIFF of one page or more, or a single
 * image. Not thread-safe; close it.
 */
public final class DocumentReader implements AutoCloseable {
  /** Resolution at which a PDF page is rendered where nothing else is said. */
  public static final int DEFAULT_DPI = 144;

  private DocumentReader() {}

  /**
   * Opens a document.
   *
   * @throws MediaRejectedException when it is encrypted, broken, of no known type or past a limit
   */
  public static DocumentReader open(byte[] bytes, MediaLimits limits)
      throws MediaRejectedException {
    throw new UnsupportedOperationException("being built");
  }

  /** What the file is. */
  public MediaType type() {
    throw new UnsupportedOperationException("being built");
  }

  /** How many pages it has, at least 1. */
  public int pageCount() {
    throw new UnsupportedOperationException("being built");
  }

  /**
   * The pixels of a page.
   *
   * @param page from 0 to {@code pageCount() - 1}
   * @param dpi resolution of a PDF page, 36 to 600; an image keeps its own pixels
   * @throws MediaRejectedException when this page is broken or would have too many pixels
   */
  public DecodedImage renderPage(int page, int dpi) throws MediaRejectedException {
    throw new UnsupportedOperationException("being built");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("being built");
  }
}
