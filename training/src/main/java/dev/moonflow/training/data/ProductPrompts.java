package dev.moonflow.training.data;

import java.util.List;

/**
 * What the product asks where an event brings no prompt of its own: the defaults of its settings
 * {@code moonflow.prompt.*}. A small model must have met these words.
 */
public final class ProductPrompts {
  /** Of an image to read. */
  public static final String OCR = "Read all the text in this image.";

  /** Of a page of a document. */
  public static final String DOCUMENT = "Read all the text on this page.";

  /** Of a line of a page. */
  public static final String LINE = "Read the text in this line.";

  /** Of an image to describe. */
  public static final String CAPTION = "Describe this image.";

  /** Of a frame of a video. */
  public static final String FRAME = "Describe this video frame.";

  /** Of the frames of a window of a video. */
  public static final String WINDOW =
      "Describe in one sentence what happens in these frames of a video.";

  private ProductPrompts() {}

  /** All of them. */
  public static List<String> all() {
    return List.of(OCR, DOCUMENT, LINE, CAPTION, FRAME, WINDOW);
  }
}
