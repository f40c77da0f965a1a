package dev.moonflow.model.image;

import dev.moonflow.kernels.math.WorkerPool;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Bicubic resampling of 8-bit images that gives Pillow's bytes: a horizontal pass, then a vertical
 * pass over its 8-bit result, in fixed point (SPEC appendix A).
 */
public final class BicubicResizer {
  private static final int HALF = 1 << (ResampleAxis.PRECISION_BITS - 1);

  /** Output samples per task: below this, handing work to another thread costs more. */
  private static final int BAND = 1 << 17;

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
    bands(
        height,
        newWidth * channels,
        y -> {
          int from = y * width * channels;
          int to = y * newWidth * channels;
          if (channels == 3) {
            rgbRow(in, from, axis, out, to);
          } else {
            anyRow(in, from, channels, axis, out, to);
          }
        });
    return out;
  }

  /** The common case, with one sum per channel in a register. */
  private static void rgbRow(byte[] in, int from, ResampleAxis axis, byte[] out, int to) {
    int[] weights = axis.weights();
    for (int x = 0; x < axis.first().length; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int pixel = from + 3 * axis.first()[x];
      int tap = x * axis.stride();
      for (int end = tap + axis.count()[x]; tap < end; tap++, pixel += 3) {
        int weight = weights[tap];
        red += weight * (in[pixel] & 0xff);
        green += weight * (in[pixel + 1] & 0xff);
        blue += weight * (in[pixel + 2] & 0xff);
      }
      out[to + 3 * x] = clamp(red);
      out[to + 3 * x + 1] = clamp(green);
      out[to + 3 * x + 2] = clamp(blue);
    }
  }

  private static void anyRow(
      byte[] in, int from, int channels, ResampleAxis axis, byte[] out, int to) {
    int[] weights = axis.weights();
    for (int x = 0; x < axis.first().length; x++) {
      for (int c = 0; c < channels; c++) {
        int sum = HALF;
        int sample = from + channels * axis.first()[x] + c;
        int tap = x * axis.stride();
        for (int end = tap + axis.count()[x]; tap < end; tap++, sample += channels) {
          sum += weights[tap] * (in[sample] & 0xff);
        }
        out[to + channels * x + c] = clamp(sum);
      }
    }
  }

  /** Whole rows at a time, so that memory is read in order. */
  private static byte[] vertical(byte[] in, int rowBytes, int height, int newHeight) {
    ResampleAxis axis = ResampleAxis.of(height, newHeight);
    byte[] out = new byte[newHeight * rowBytes];
    bands(newHeight, rowBytes, y -> verticalRow(in, rowBytes, axis, y, out));
    return out;
  }

  private static void verticalRow(byte[] in, int rowBytes, ResampleAxis axis, int y, byte[] out) {
    int[] sums = new int[rowBytes];
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

  /** Runs rows on the shared threads, in bands of about {@link #BAND} output samples. */
  private static void bands(int rows, int rowSamples, IntConsumer row) {
    int each = Math.max(1, BAND / rowSamples);
    WorkerPool.shared()
        .forEach(
            (rows + each - 1) / each,
            band -> {
              int end = Math.min(rows, (band + 1) * each);
              for (int y = band * each; y < end; y++) {
                row.accept(y);
              }
            });
  }

  private static byte clamp(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> ResampleAxis.PRECISION_BITS));
  }
}
