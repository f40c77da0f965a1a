package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;

/** The comparison of what a file asks for with what it may have. */
final class LimitChecks {
  private LimitChecks() {}

  static void bytes(byte[] bytes, MediaLimits limits) throws MediaRejectedException {
    if (bytes.length > limits.bytesMax()) {
      throw new MediaRejectedException(
          Reason.TOO_MANY_BYTES,
          "the file has "
              + bytes.length
              + " bytes, more than the "
              + limits.bytesMax()
              + " allowed");
    }
  }

  static void pages(int pages, MediaLimits limits) throws MediaRejectedException {
    if (pages > limits.pagesMax()) {
      throw new MediaRejectedException(
          Reason.TOO_MANY_PAGES,
          "the document has " + pages + " pages, more than the " + limits.pagesMax() + " allowed");
    }
  }

  /** {@code what} begins the sentence, for example {@code the image}. */
  static void pixels(String what, long width, long height, MediaLimits limits)
      throws MediaRejectedException {
    if (width < 1 || height < 1) {
      throw new MediaRejectedException(
          Reason.CORRUPT, what + " claims to be " + width + " x " + height + " pixels");
    }
    // Sides first: then the product cannot overflow.
    if (Math.max(width, height) > limits.sideMax()) {
      throw new MediaRejectedException(
          Reason.TOO_MANY_PIXELS,
          what
              + " of "
              + width
              + " x "
              + height
              + " pixels has a side longer than the "
              + limits.sideMax()
              + " allowed");
    }
    if (width * height > limits.pixelsMax()) {
      throw new MediaRejectedException(
          Reason.TOO_MANY_PIXELS,
          what
              + " of "
              + width
              + " x "
              + height
              + " pixels is larger than the "
              + limits.pixelsMax()
              + " pixels allowed");
    }
  }
}
