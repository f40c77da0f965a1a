package dev.moonflow.training.data;

import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Sample;

/**
 * Makes examples of one kind. A pure function: equal seed and index give an equal example, whatever
 * was made before and on whichever thread.
 */
public interface Generator {
  /** Its name in recipes, such as {@code ocr-line}; also the source of its examples. */
  String name();

  /** What its examples are for. */
  Category category();

  /**
   * Whether it is left out where a whole category is asked for: what is kept for judging, and what
   * needs packages that a machine may lack.
   */
  default boolean onlyByName() {
    return false;
  }

  /**
   * Makes one example.
   *
   * @param seed of the run
   * @param index of the example within the run, from 0
   */
  Sample generate(long seed, long index);

  /** The id of that example, without making it. */
  static String id(Generator generator, long seed, long index) {
    return generator.name() + "-" + Long.toHexString(seed) + "-" + index;
  }
}
