package dev.moonflow.training.evaluation.synthetic;

import java.util.SplittableRandom;

/** Text that says nothing in particular, and what is hidden in it. */
public final class Filler {
  private Filler() {}

  /** A plain sentence. */
  public static String sentence(SplittableRandom random) {
    return Words.sentence(random);
  }

  /** The name of a place. */
  public static String place(SplittableRandom random) {
    return Words.one(Words.PLACES, random);
  }

  /** A number of so many digits. */
  public static String code(int digits, SplittableRandom random) {
    return Words.code(digits, random);
  }
}
