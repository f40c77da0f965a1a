package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import dev.moonflow.connectors.naming.FailureText;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.MissingOperandException;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.filter.MissingImageReaderException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/**
 * PDFBox's renderer with two changes: images and drawing steps have limits, and what it would leave
 * out with a line in the log is remembered, because a page without its scan is not that page.
 */
final class BoundedRenderer extends PDFRenderer {
  /** Drawing steps of a page at most: a dense map has some hundred thousand. */
  private static final int STEPS_MAX = 5_000_000;

  private final String what;
  private final MediaLimits limits;
  private MediaRejectedException missing;

  BoundedRenderer(PDDocument document, String what, MediaLimits limits) {
    super(document);
    this.what = what;
    this.limits = limits;
  }

  /** Throws the first reason why the page that was rendered is not whole, if there is one. */
  void throwIfSomethingIsMissing() throws MediaRejectedException {
    if (missing != null) {
      throw missing;
    }
  }

  private void remember(MediaRejectedException reason) {
    if (missing == null) {
      missing = reason;
    }
  }

  @Override
  protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
    return new BoundedDrawer(parameters);
  }

  /** Ends the rendering of a page whose reason has been remembered. */
  private static final class Stop extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final class BoundedDrawer extends PageDrawer {
    private int steps;

    BoundedDrawer(PageDrawerParameters parameters) throws IOException {
      super(parameters);
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
      if (++steps > STEPS_MAX) {
        remember(
            new MediaRejectedException(
                Reason.UNSUPPORTED, what + " has more than " + STEPS_MAX + " drawing steps"));
        throw new Stop();
      }
      super.processOperator(operator, operands);
    }

    @Override
    public void drawImage(PDImage image) throws IOException {
      try {
        checkWithMasks(image);
      } catch (MediaRejectedException e) {
        remember(e);
        throw new Stop();
      }
      super.drawImage(image);
    }

    private void checkWithMasks(PDImage image) throws IOException, MediaRejectedException {
      PdfImageIntegrity.check(image, what, limits);
      if (image instanceof PDImageXObject object) {
        for (PDImageXObject mask :
            Arrays.asList(object.getSoftMask(), object.isStencil() ? null : object.getMask())) {
          if (mask != null) {
            PdfImageIntegrity.check(mask, what, limits);
          }
        }
      }
    }

    @Override
    protected void operatorException(Operator operator, List<COSBase> operands, IOException e)
        throws IOException {
      if (e instanceof Stop) {
        throw e;
      }
      if (e instanceof MissingImageReaderException) {
        remember(
            new MediaRejectedException(
                Reason.UNSUPPORTED,
                what + " contains an image in a format that is not read: " + FailureText.of(e),
                e));
        throw new Stop();
      }
      if (operator.getName().equals("Do") && !(e instanceof MissingOperandException)) {
        remember(
            new MediaRejectedException(
                Reason.CORRUPT, what + " contains a broken image: " + FailureText.of(e), e));
        throw new Stop();
      }
      super.operatorException(operator, operands, e);
    }
  }
}
