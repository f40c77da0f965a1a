package dev.moonflow.training.data.answer;

import java.util.Locale;

/** What became of an example whose answers were to be sampled. */
public enum Outcome {
  /** At least one answer is kept. */
  KEPT,
  /** It has no turn of the user to answer. */
  ASKS_NOTHING,
  /** It has no answer that a checker could compare with. */
  NOTHING_TO_CHECK,
  /** The model cannot be asked: too long, too many images, an image that cannot be read. */
  REFUSED,
  /** Every answer met the limit of its tokens. */
  CUT_OFF,
  /** Those that ended say nothing, or only think. */
  BLANK,
  /** The checker accepted none. */
  NOT_RIGHT;

  /** For people: {@code asks nothing}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
