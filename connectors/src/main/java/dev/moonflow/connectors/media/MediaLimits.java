package dev.moonflow.connectors.media;

import java.io.Serializable;

/**
 * How much a file may ask of the decoder.
 *
 * @param bytesMax bytes of the encoded file at most
 * @param pixelsMax pixels of one image or rendered page at most (three bytes each when decoded)
 * @param sideMax pixels of the longer side at most
 * @param pagesMax pages of a document at most
 */
public record MediaLimits(long bytesMax, long pixelsMax, int sideMax, int pagesMax)
    implements Serializable {
  /** 64 MiB, 50 million pixels, 20,000 pixels a side, 1,000 pages. */
  public static final MediaLimits DEFAULT = new MediaLimits(64L << 20, 50_000_000L, 20_000, 1_000);

  /** Pixels of which the RGB bytes still fit a Java array. */
  private static final long PIXELS_POSSIBLE = (Integer.MAX_VALUE - 8) / 3;

  public MediaLimits {
    if (bytesMax < 1 || sideMax < 1 || pagesMax < 1) {
      throw new IllegalArgumentException(
          "bytesMax, sideMax and pagesMax must be at least 1: "
              + bytesMax
              + ", "
              + sideMax
              + ", "
              + pagesMax);
    }
    if (pixelsMax < 1 || pixelsMax > PIXELS_POSSIBLE) {
      throw new IllegalArgumentException(
          "pixelsMax must be from 1 to " + PIXELS_POSSIBLE + ": " + pixelsMax);
    }
  }
}
