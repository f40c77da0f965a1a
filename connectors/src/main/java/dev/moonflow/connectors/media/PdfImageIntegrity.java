package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;

/**
 * The check that an image inside a PDF is within the limits and has as many bytes as its size asks
 * for. PDFBox draws what is missing as black or grey, with a line in the log.
 */
final class PdfImageIntegrity {
  private static final int JPEG_END_WITHIN = 1024;
  private static final int BUFFER_BYTES = 8192;

  private PdfImageIntegrity() {}

  /** {@code what} says where the image is, for example {@code page 1 of the PDF}. */
  static void check(PDImage image, String what, MediaLimits limits)
      throws IOException, MediaRejectedException {
    LimitChecks.pixels("an image on " + what, image.getWidth(), image.getHeight(), limits);
    String suffix = image.getSuffix();
    if ("jpg".equals(suffix)) {
      checkJpeg(image, what, limits);
    } else if (suffix == null || "png".equals(suffix)) {
      checkSamples(image, what);
    }
  }

  /** The JPEG's own header decides how much is decoded, whatever the PDF says of the image. */
  private static void checkJpeg(PDImage image, String what, MediaLimits limits)
      throws IOException, MediaRejectedException {
    byte[] jpeg;
    List<String> stop =
        List.of(COSName.DCT_DECODE.getName(), COSName.DCT_DECODE_ABBREVIATION.getName());
    try (InputStream input = image.createInputStream(stop)) {
      jpeg = input.readAllBytes();
    }
    ImageHeader header = ImageReader.header(jpeg);
    LimitChecks.pixels("a JPEG on " + what, header.width(), header.height(), limits);
    for (int i = jpeg.length - 2; i >= Math.max(0, jpeg.length - JPEG_END_WITHIN); i--) {
      if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xD9) {
        return;
      }
    }
    throw new MediaRejectedException(
        Reason.TRUNCATED,
        what + " contains a JPEG that ends at byte " + jpeg.length + ", too early");
  }

  /** One row may be missing: some writers do not count the last one right, and nobody sees it. */
  private static void checkSamples(PDImage image, String what)
      throws IOException, MediaRejectedException {
    long components = image.isStencil() ? 1 : image.getColorSpace().getNumberOfComponents();
    long bits = image.isStencil() ? 1 : image.getBitsPerComponent();
    long rowBytes = (image.getWidth() * components * bits + 7) / 8;
    long needed = rowBytes * (image.getHeight() - 1L);
    long there = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream input = image.createInputStream()) {
      int count = 0;
      while (there < needed && count >= 0) {
        there += count;
        count = input.read(buffer);
      }
    }
    if (there < needed) {
      throw new MediaRejectedException(
          Reason.TRUNCATED,
          what
              + " contains an image of "
              + image.getWidth()
              + " x "
              + image.getHeight()
              + " pixels with only "
              + there
              + " of its "
              + rowBytes * image.getHeight()
              + " bytes");
    }
  }
}
