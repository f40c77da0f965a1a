package dev.moonflow.model.image;

import java.util.Arrays;

/**
 * Bicubic resampling of 8-bit images that gives Pillow's bytes: a horizontal pass, then a vertical
 * pass over its 8-bit result, in fixed point (SPEC appendix A).
 */
public final class BicubicResizer {
  private static final int HALF = 1 << (ResampleAxis.PRECISION_BITS - 1);

  private BicubicResizer() {}

  /**
   * Resamples interleaved samples; an axis that keeps its size is not filtered.
   *
   * @param samples [height, width, channels] unsigned bytes; not changed
   * @return [newHeight, newWidth, channels]; {@code samples} itself when no size changes
   * @throws IllegalArgumentException if a size is not positive, or the result is over 2 GiB
   */
  public static byte[] resize(
      byte[] samples, int width, int height, int channels, int newWidth, int newHeight) {
    if (width < 1 || height < 1 || newWidth < 1 || newHeight < 1 || channels < 1) {
      throw new IllegalArgumentException(
          String.format(
              "cannot resize %d x %d to %d x %d: sizes must be positive",
              width, height, newWidth, newHeight));
    }
    if (samples.length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          "an image of these sizes needs another number of samples than " + samples.length);
    }
    long largest = (long) newWidth * Math.max(height, newHeight) * channels;
    if (largest > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException("resizing needs more than 2 GiB: " + largest + " bytes");
    }
    byte[] pixels = samples;
    if (newWidth != width) {
      pixels = horizontal(pixels, width, height, channels, newWidth);
    }
    if (newHeight != height) {
      pixels = vertical(pixels, newWidth * channels, height, newHeight);
    }
    return pixels;
  }

  private static byte[] horizontal(byte[] in, int width, int height, int channels, int newWidth) {
    ResampleAxis axis = ResampleAxis.of(width, newWidth);
    byte[] out = new byte[height * newWidth * channels];
    int[] line = new int[width];
    for (int y = 0; y < height; y++) {
      for (int c = 0; c < channels; c++) {
        int from = y * width * channels + c;
        for (int x = 0; x < width; x++) {
          line[x] = in[from + x * channels] & 0xff;
        }
        int to = y * newWidth * channels + c;
        for (int x = 0; x < newWidth; x++) {
          out[to + x * channels] = filter(line, axis, x);
        }
      }
    }
    return out;
  }

  private static byte filter(int[] line, ResampleAxis axis, int x) {
    int first = axis.first()[x];
    int count = axis.count()[x];
    int[] weights = axis.weights();
    int w = x * axis.stride();
    int sum = HALF;
    for (int j = 0; j < count; j++) {
      sum += line[first + j] * weights[w + j];
    }
    return clamp(sum);
  }

  /** Whole rows at a time, so that memory is read in order. */
  private static byte[] vertical(byte[] in, int rowBytes, int height, int newHeight) {
    ResampleAxis axis = ResampleAxis.of(height, newHeight);
    byte[] out = new byte[newHeight * rowBytes];
    int[] sums = new int[rowBytes];
    for (int y = 0; y < newHeight; y++) {
      Arrays.fill(sums, HALF);
      for (int j = 0; j < axis.count()[y]; j++) {
        int weight = axis.weights()[y * axis.stride() + j];
        int row = (axis.first()[y] + j) * rowBytes;
        for (int i = 0; i < rowBytes; i++) {
          sums[i] += weight * (in[row + i] & 0xff);
        }
      }
      int to = y * rowBytes;
      for (int i = 0; i < rowBytes; i++) {
        out[to + i] = clamp(sums[i]);
      }
    }
    return out;
  }

  private static byte clamp(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> ResampleAxis.PRECISION_BITS));
  }
}
