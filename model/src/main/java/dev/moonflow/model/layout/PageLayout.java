package dev.moonflow.model.layout;

import java.util.List;
import java.util.Objects;

/**
 * What was found on a page.
 *
 * @param transform how the page lies: turns by 90° and skew
 * @param turnConfidence 0 (cannot tell) to 1: that lines run across the upright page
 * @param upsideDownConfidence 0 (cannot tell; the page is left as it is) to 1: which way is up
 * @param ink share of the page that is ink of components, 0 to 1
 * @param blank whether there is nothing to read
 * @param lines in reading order
 * @param pictures boxes on the straight page of areas that show pictures
 */
public record PageLayout(
    PageTransform transform,
    double turnConfidence,
    double upsideDownConfidence,
    double ink,
    boolean blank,
    List<TextLine> lines,
    List<Box> pictures) {
  public PageLayout {
    Objects.requireNonNull(transform, "transform");
    lines = List.copyOf(lines);
    pictures = List.copyOf(pictures);
  }
}
