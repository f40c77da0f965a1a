package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import dev.moonflow.connectors.naming.FailureText;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.text.PDFTextStripper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PDF, rendered by PDFBox within limits. One that opens without a password is not encrypted. */
final class PdfDocument extends DocumentReader {
  private static final Logger LOG = LoggerFactory.getLogger(PdfDocument.class);
  private static final float POINTS_PER_INCH = 72;

  /** Where readers look for the end; some writers put other bytes behind it. */
  private static final int END_WITHIN = 2048;

  /** Unpacked streams that PDFBox may keep, as a multiple of the file's limit. */
  private static final long SCRATCH_FACTOR = 4;

  private final PDDocument document;
  private final int pageCount;
  private final MediaLimits limits;

  private PdfDocument(PDDocument document, int pageCount, MediaLimits limits) {
    this.document = document;
    this.pageCount = pageCount;
    this.limits = limits;
  }

  static PdfDocument ofPdf(byte[] bytes, MediaLimits limits) throws MediaRejectedException {
    checkEnd(bytes);
    PdfStreamScan.check(bytes, limits);
    PDDocument document = load(bytes, limits);
    try {
      int pages = document.getNumberOfPages();
      LimitChecks.pages(pages, limits);
      if (pages < 1) {
        throw new MediaRejectedException(Reason.CORRUPT, "the PDF has no pages");
      }
      return new PdfDocument(document, pages, limits);
    } catch (MediaRejectedException | RuntimeException | VirtualMachineError e) {
      closeQuietly(document);
      if (e instanceof MediaRejectedException rejected) {
        throw rejected;
      }
      throw broken("the PDF's pages cannot be counted", e);
    }
  }

  /** PDFBox mends a file that was cut, by leaving out pages: the end shows that it is all there. */
  private static void checkEnd(byte[] bytes) throws MediaRejectedException {
    int from = Math.max(0, bytes.length - END_WITHIN);
    String end = new FirstBytes(bytes).text(from, END_WITHIN);
    if (!end.contains("%%EOF") && !end.contains("startxref")) {
      throw new MediaRejectedException(
          Reason.TRUNCATED,
          "the PDF ends at byte " + bytes.length + ", without the mark that ends a PDF");
    }
  }

  private static PDDocument load(byte[] bytes, MediaLimits limits) throws MediaRejectedException {
    MemoryUsageSetting scratch =
        MemoryUsageSetting.setupMainMemoryOnly(limits.bytesMax() * SCRATCH_FACTOR);
    try {
      return Loader.loadPDF(new RandomAccessReadBuffer(bytes), scratch.streamCache);
    } catch (InvalidPasswordException e) {
      throw new MediaRejectedException(
          Reason.ENCRYPTED, "the PDF is encrypted and needs a password", e);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      throw broken("the PDF cannot be read", e);
    }
  }

  @Override
  public MediaType type() {
    return MediaType.PDF;
  }

  @Override
  public int pageCount() {
    return pageCount;
  }

  @Override
  DecodedImage render(int page, int dpi) throws MediaRejectedException {
    String what = "page " + (page + 1) + " of the PDF";
    BoundedRenderer renderer = new BoundedRenderer(document, what, limits);
    try {
      checkSize(page, dpi, what);
      BufferedImage image = renderer.renderImageWithDPI(page, dpi, ImageType.RGB);
      renderer.throwIfSomethingIsMissing();
      return RgbSamples.of(image);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      renderer.throwIfSomethingIsMissing();
      throw broken(what + " cannot be rendered", e);
    }
  }

  @Override
  public String text(int page) throws MediaRejectedException {
    try {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      stripper.setStartPage(page + 1);
      stripper.setEndPage(page + 1);
      stripper.setLineSeparator("\n");
      BoundedText out = new BoundedText();
      stripper.writeText(document, out);
      return out.toString().strip();
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      throw broken("the text of page " + (page + 1) + " of the PDF cannot be read", e);
    }
  }

  /** Takes as much text as a page can hold; a file can ask for more. */
  private static final class BoundedText extends StringWriter {
    private static final int CHARACTERS_MAX = 1_000_000;

    @Override
    public void write(String text) {
      if (getBuffer().length() + text.length() > CHARACTERS_MAX) {
        throw new IllegalStateException("it is longer than " + CHARACTERS_MAX + " characters");
      }
      super.write(text);
    }
  }

  /** PDFBox's own computation of the size, before it allocates as much. */
  private void checkSize(int page, int dpi, String what) throws MediaRejectedException {
    PDRectangle box = document.getPage(page).getCropBox();
    float scale = dpi / POINTS_PER_INCH;
    long width = (long) Math.max(Math.floor(box.getWidth() * scale), 1);
    long height = (long) Math.max(Math.floor(box.getHeight() * scale), 1);
    LimitChecks.pixels(what + " at " + dpi + " dpi", width, height, limits);
  }

  /**
   * PDFBox bounds neither its recursion nor every allocation that a file asks for. Running out of
   * either is the file's fault: what was allocated for it is free again when the error arrives
   * here.
   */
  private static MediaRejectedException broken(String what, Throwable failure) {
    if (failure instanceof InternalError internal) {
      throw internal;
    }
    String why =
        failure instanceof StackOverflowError
            ? "it is nested too deeply"
            : failure instanceof OutOfMemoryError
                ? "it asks for more memory than there is"
                : FailureText.of(failure);
    return new MediaRejectedException(Reason.CORRUPT, what + ": " + why, failure);
  }

  @Override
  public void close() {
    closeQuietly(document);
  }

  private static void closeQuietly(PDDocument document) {
    try {
      document.close();
    } catch (IOException e) {
      LOG.debug("closing a PDF: {}", e.toString());
    }
  }
}
