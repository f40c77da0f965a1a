package dev.moonflow.training.trainer.recipe;

/**
 * One source of a stage's data.
 *
 * @param kind made on the fly or read from a folder
 * @param place the generator's name, or the folder of shards; {@code needles} for needles
 * @param group of the mixture, such as {@code text} or {@code long}
 * @param weight within its group
 */
public record SourceSection(Kind kind, String place, String group, double weight) {

  /** Where examples come from. */
  public enum Kind {
    /** A generator of this project, drawn as the run goes. */
    GENERATOR,
    /** A folder of shards, shuffled anew in each epoch. */
    SHARDS,
    /** Long text that asks for a fact hidden in it, as long as the stage's context. */
    NEEDLES
  }
}
