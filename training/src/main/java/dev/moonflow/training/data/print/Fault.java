package dev.moonflow.training.data.print;

import java.util.Locale;

/** One thing that goes wrong when a page is scanned and stored. */
public enum Fault {
  /** Brightness changes over the page. */
  LIGHT,
  /** Out of focus. */
  BLUR,
  /** Black is grey and white is not white. */
  TONES,
  /** Every pixel is a little off. */
  NOISE,
  /** Dust. */
  SPECKS,
  /** Stored with loss. */
  JPEG,
  /** It lies askew. */
  SKEW;

  /** In lower case, for names and reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
