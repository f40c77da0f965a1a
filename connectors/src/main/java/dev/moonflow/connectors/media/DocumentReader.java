package dev.moonflow.connectors.media;

/**
 * An open document whose pages can be rendered: a PDF, a TIFF of one page or more, or a single
 * image. Not thread-safe; close it.
 *
 * <p>Glyphs of a PDF that embeds no fonts come from the fonts of the machine: where the same pixels
 * are needed everywhere, the machines need the same fonts.
 */
public abstract sealed class DocumentReader implements AutoCloseable
    permits PdfDocument, ImageDocument {
  /** Resolution at which a PDF page is rendered where nothing else is said. */
  public static final int DEFAULT_DPI = 144;

  /** Lowest resolution of a rendered page. */
  public static final int DPI_MIN = 36;

  /** Highest resolution of a rendered page. */
  public static final int DPI_MAX = 600;

  /**
   * Opens a document.
   *
   * @throws MediaRejectedException when it is encrypted, broken, of no known type or past a limit
   */
  public static DocumentReader open(byte[] bytes, MediaLimits limits)
      throws MediaRejectedException {
    LimitChecks.bytes(bytes, limits);
    return MediaType.sniff(bytes) == MediaType.PDF
        ? PdfDocument.ofPdf(bytes, limits)
        : ImageDocument.ofImage(bytes, limits);
  }

  /** What the file is. */
  public abstract MediaType type();

  /** How many pages it has, at least 1. */
  public abstract int pageCount();

  /**
   * The pixels of a page.
   *
   * @param page from 0 to {@code pageCount() - 1}
   * @param dpi resolution of a PDF page, 36 to 600; an image keeps its own pixels
   * @throws MediaRejectedException when this page is broken or would have too many pixels
   */
  public final DecodedImage renderPage(int page, int dpi) throws MediaRejectedException {
    if (page < 0 || page >= pageCount()) {
      throw new IndexOutOfBoundsException("page " + page + " of " + pageCount());
    }
    if (dpi < DPI_MIN || dpi > DPI_MAX) {
      throw new IllegalArgumentException(
          "dpi must be from " + DPI_MIN + " to " + DPI_MAX + ": " + dpi);
    }
    return render(page, dpi);
  }

  /**
   * The text that the file itself holds for a page, in the order in which it is read; empty where
   * it holds none.
   *
   * @param page from 0 to {@code pageCount() - 1}
   * @throws MediaRejectedException when it cannot be read
   */
  public String text(int page) throws MediaRejectedException {
    return "";
  }

  abstract DecodedImage render(int page, int dpi) throws MediaRejectedException;

  @Override
  public abstract void close();
}
