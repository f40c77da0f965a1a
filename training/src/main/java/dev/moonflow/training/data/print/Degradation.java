package dev.moonflow.training.data.print;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Images;
import java.awt.image.BufferedImage;

/**
 * What printing, scanning and storing do to a page, in the order in which it happens: uneven light,
 * blur, noise, a narrow range of tones, JPEG.
 */
public final class Degradation {
  /** Chance that a page is left as it was drawn, even where degradation is asked for. */
  private static final double CLEAN = 0.25;

  private Degradation() {}

  /**
   * Changes an image's pixels as a random scan would.
   *
   * @param em height of the font in pixels: what blur is measured by
   * @return the same object or another
   */
  public static BufferedImage scan(Draw draw, BufferedImage image, double em) {
    if (draw.chance(CLEAN)) {
      return image;
    }
    float[][] planes = planes(image);
    int width = image.getWidth();
    int height = image.getHeight();
    if (draw.chance(0.35)) {
      light(draw, planes, width, height);
    }
    if (draw.chance(0.5)) {
      double sigma = draw.uniform(0.3, 0.3 + 0.045 * em);
      for (float[] plane : planes) {
        blur(plane, width, height, sigma);
      }
    }
    if (draw.chance(0.25)) {
      tones(planes, draw.uniform(0, 60), draw.uniform(190, 255));
    }
    if (draw.chance(0.6)) {
      noise(draw, planes, draw.uniform(1, 22), draw.chance(0.6));
    }
    if (draw.chance(0.1)) {
      specks(draw, planes, width, height);
    }
    write(planes, image);
    if (draw.chance(0.4)) {
      return Images.decode(Images.jpeg(image, draw.uniform(0.25, 0.9)), "a scan");
    }
    return image;
  }

  /**
   * Changes an image's pixels by one fault alone, clearly visible.
   *
   * @param em height of the font in pixels
   * @param fault any but {@link Fault#SKEW}, which moves pixels and does not change them
   */
  static BufferedImage only(Draw draw, BufferedImage image, double em, Fault fault) {
    if (fault == Fault.JPEG) {
      return Images.decode(Images.jpeg(image, draw.uniform(0.1, 0.5)), "a scan");
    }
    float[][] planes = planes(image);
    int width = image.getWidth();
    int height = image.getHeight();
    switch (fault) {
      case LIGHT -> light(draw, planes, width, height);
      case BLUR -> {
        double sigma = draw.uniform(0.03 * em, 0.3 + 0.045 * em);
        for (float[] plane : planes) {
          blur(plane, width, height, sigma);
        }
      }
      case TONES -> tones(planes, draw.uniform(20, 60), draw.uniform(190, 235));
      case NOISE -> noise(draw, planes, draw.uniform(8, 22), draw.chance(0.6));
      case SPECKS -> specks(draw, planes, width, height);
      default -> throw new IllegalArgumentException("not a fault of pixels: " + fault);
    }
    write(planes, image);
    return image;
  }

  private static float[][] planes(BufferedImage image) {
    int[] pixels = Images.pixels(image);
    float[][] planes = new float[3][pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      planes[0][i] = pixels[i] >> 16 & 0xff;
      planes[1][i] = pixels[i] >> 8 & 0xff;
      planes[2][i] = pixels[i] & 0xff;
    }
    return planes;
  }

  private static void write(float[][] planes, BufferedImage image) {
    int[] pixels = Images.pixels(image);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = byteOf(planes[0][i]) << 16 | byteOf(planes[1][i]) << 8 | byteOf(planes[2][i]);
    }
  }

  private static int byteOf(float value) {
    return Math.max(0, Math.min(255, Math.round(value)));
  }

  /** A shadow: brightness that changes linearly over the image. */
  private static void light(Draw draw, float[][] planes, int width, int height) {
    double base = draw.uniform(0.6, 1);
    double across = draw.uniform(-0.35, 0.35);
    double down = draw.uniform(-0.2, 0.2);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double factor =
            base + across * (x / (double) width - 0.5) + down * (y / (double) height - 0.5);
        factor = Math.min(1.1, factor);
        for (float[] plane : planes) {
          plane[y * width + x] *= (float) factor;
        }
      }
    }
  }

  /** Black becomes {@code low}, white {@code high}. */
  private static void tones(float[][] planes, double low, double high) {
    float factor = (float) ((high - low) / 255);
    for (float[] plane : planes) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (float) low + factor * plane[i];
      }
    }
  }

  /** Independent noise; grey where the three colours get the same. */
  private static void noise(Draw draw, float[][] planes, double sigma, boolean grey) {
    for (int i = 0; i < planes[0].length; i++) {
      double shared = noise(draw) * sigma;
      for (float[] plane : planes) {
        plane[i] += (float) (grey ? shared : noise(draw) * sigma);
      }
    }
  }

  /** Nearly normal, mean 0, deviation 1: the sum of four uniform numbers from one draw. */
  private static double noise(Draw draw) {
    long bits = draw.bits();
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum - 131_070.0) / 37_837;
  }

  private static void specks(Draw draw, float[][] planes, int width, int height) {
    for (int i = draw.between(1, 1 + width * height / 900); i > 0; i--) {
      int at = draw.below(width * height);
      float value = draw.chance(0.5) ? 0 : 255;
      for (float[] plane : planes) {
        plane[at] = value;
        if (at + 1 < plane.length && draw.chance(0.5)) {
          plane[at + 1] = value;
        }
      }
    }
  }

  /** Gaussian blur, separable; the edge is repeated. */
  private static void blur(float[] plane, int width, int height, double sigma) {
    int radius = (int) Math.ceil(2.5 * sigma);
    float[] weights = new float[2 * radius + 1];
    float sum = 0;
    for (int i = -radius; i <= radius; i++) {
      weights[i + radius] = (float) Math.exp(-i * i / (2 * sigma * sigma));
      sum += weights[i + radius];
    }
    float[] row = new float[Math.max(width, height)];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float value = 0;
        for (int i = -radius; i <= radius; i++) {
          value += weights[i + radius] * plane[y * width + Math.max(0, Math.min(width - 1, x + i))];
        }
        row[x] = value / sum;
      }
      System.arraycopy(row, 0, plane, y * width, width);
    }
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        float value = 0;
        for (int i = -radius; i <= radius; i++) {
          value +=
              weights[i + radius] * plane[Math.max(0, Math.min(height - 1, y + i)) * width + x];
        }
        row[y] = value / sum;
      }
      for (int y = 0; y < height; y++) {
        plane[y * width + x] = row[y];
      }
    }
  }

  /** As the model's own image. */
  public static RgbImage rgb(BufferedImage image) {
    int[] pixels = Images.pixels(image);
    byte[] rgb = new byte[pixels.length * 3];
    for (int i = 0; i < pixels.length; i++) {
      rgb[3 * i] = (byte) (pixels[i] >> 16);
      rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
      rgb[3 * i + 2] = (byte) pixels[i];
    }
    return new RgbImage(image.getWidth(), image.getHeight(), rgb);
  }
}
