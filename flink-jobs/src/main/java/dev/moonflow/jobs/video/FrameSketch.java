package dev.moonflow.jobs.video;

import dev.moonflow.connectors.media.DecodedImage;

/**
 * A frame reduced to 24 x 24 cells of mean colour, by which two frames are compared. Noise and the
 * traces of JPEG average out within a cell; what moves does not. All arithmetic is in integers.
 */
final class FrameSketch {
  /** Cells of a side. */
  static final int SIDE = 24;

  /** The cells that decide: a small thing that moves changes few of them. */
  private static final int DECIDING = SIDE * SIDE / 16;

  private static final int CHANNELS = 3;
  private static final int LEVELS = 256;

  private FrameSketch() {}

  /** {@code SIDE * SIDE * 3} bytes: mean red, green and blue of each cell, row by row. */
  static byte[] of(DecodedImage image) {
    byte[] sketch = new byte[SIDE * SIDE * CHANNELS];
    for (int cellY = 0; cellY < SIDE; cellY++) {
      int top = first(cellY, image.height());
      int bottom = Math.max(top + 1, first(cellY + 1, image.height()));
      for (int cellX = 0; cellX < SIDE; cellX++) {
        int left = first(cellX, image.width());
        int right = Math.max(left + 1, first(cellX + 1, image.width()));
        mean(image, left, top, right, bottom, sketch, (cellY * SIDE + cellX) * CHANNELS);
      }
    }
    return sketch;
  }

  private static int first(int cell, int length) {
    return (int) Math.min(length - 1L, (long) cell * length / SIDE);
  }

  private static void mean(
      DecodedImage image, int left, int top, int right, int bottom, byte[] into, int at) {
    long red = 0;
    long green = 0;
    long blue = 0;
    byte[] rgb = image.rgb();
    for (int y = top; y < bottom; y++) {
      int from = (y * image.width() + left) * CHANNELS;
      for (int x = left; x < right; x++, from += CHANNELS) {
        red += rgb[from] & 255;
        green += rgb[from + 1] & 255;
        blue += rgb[from + 2] & 255;
      }
    }
    long pixels = (long) (right - left) * (bottom - top);
    into[at] = (byte) (red / pixels);
    into[at + 1] = (byte) (green / pixels);
    into[at + 2] = (byte) (blue / pixels);
  }

  /**
   * How much two frames differ, in levels from 0 to 255: the mean, over the sixteenth of the cells
   * that differ most, of the difference in the channel that differs most. Rounded down.
   */
  static int difference(byte[] one, byte[] other) {
    int[] cells = new int[LEVELS];
    for (int at = 0; at < one.length; at += CHANNELS) {
      int most = 0;
      for (int channel = 0; channel < CHANNELS; channel++) {
        most = Math.max(most, Math.abs((one[at + channel] & 255) - (other[at + channel] & 255)));
      }
      cells[most]++;
    }
    int left = DECIDING;
    int sum = 0;
    for (int level = LEVELS - 1; left > 0; level--) {
      int taken = Math.min(left, cells[level]);
      sum += taken * level;
      left -= taken;
    }
    return sum / DECIDING;
  }
}
