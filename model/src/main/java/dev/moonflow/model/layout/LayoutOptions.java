package dev.moonflow.model.layout;

/**
 * What a page is tested for.
 *
 * @param quarterTurns whether it may lie on its side
 * @param upsideDown whether it may stand on its head
 * @param skew whether its lines may fall, by up to 15°
 * @param blankInk share of ink up to which a page without a line of text is blank
 */
public record LayoutOptions(
    boolean quarterTurns, boolean upsideDown, boolean skew, double blankInk) {
  /** Every test; a page is blank with less ink than three letters have. */
  public static final LayoutOptions DEFAULT = new LayoutOptions(true, true, true, 0.0005);

  /** Pages that are known to be straight, such as rendered ones. */
  public static final LayoutOptions STRAIGHT = new LayoutOptions(false, false, false, 0.0005);

  public LayoutOptions {
    if (!(blankInk >= 0 && blankInk <= 1)) {
      throw new IllegalArgumentException("blankInk must be from 0 to 1: " + blankInk);
    }
  }
}
