package dev.moonflow.training.data.filter;

import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;

/** What examples are balanced over: their topic, or the size and shape of their largest image. */
public final class Buckets {
  private Buckets() {}

  /** The topic, or the category where there is none. */
  public static String topic(Sample sample) {
    return sample.topic().isEmpty() ? sample.category().name() : sample.topic();
  }

  /**
   * Octave of the side of a square of equal area, and the form: {@code 256-wide}, {@code text}
   * without an image. Wide is more than 3:2, tall less than 2:3.
   */
  public static String resolution(Sample sample) {
    Part.Image largest = null;
    for (Part part : sample.parts()) {
      if (part instanceof Part.Image image && (largest == null || area(image) > area(largest))) {
        largest = image;
      }
    }
    if (largest == null) {
      return "text";
    }
    int side = (int) Math.sqrt(area(largest));
    double aspect = (double) largest.width() / largest.height();
    String form = aspect > 1.5 ? "wide" : aspect < 1 / 1.5 ? "tall" : "even";
    return Integer.highestOneBit(Math.max(1, side)) + "-" + form;
  }

  private static long area(Part.Image image) {
    return (long) image.width() * image.height();
  }
}
