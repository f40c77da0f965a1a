package dev.moonflow.jobs.ingest;

import dev.moonflow.model.layout.TextLine;
import java.util.List;

/**
 * What is known of a page without the model. Boxes of its lines are in pixels of the page as it was
 * rendered or scanned, before it was turned.
 *
 * @param width pixels of a row of the page
 * @param height rows
 * @param quarterTurns turns by 90° clockwise that made it upright
 * @param skewDegrees how far its lines fell, clockwise
 * @param blank whether nothing is on it
 * @param layerText the text that the file itself holds for this page, or null
 * @param layerUsed whether that text is the page's result
 * @param lines in reading order; each is read by a request of its own, but for a whole page
 */
public record PageSheet(
    int width,
    int height,
    int quarterTurns,
    double skewDegrees,
    boolean blank,
    String layerText,
    boolean layerUsed,
    List<TextLine> lines) {
  public PageSheet {
    lines = List.copyOf(lines);
  }
}
