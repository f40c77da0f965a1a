package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.Generator;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Sample;

/** A generator that is one function from random choices to an example. */
record DrawnGenerator(String name, Category category, Recipe recipe, boolean onlyByName)
    implements Generator {
  DrawnGenerator(String name, Category category, Recipe recipe) {
    this(name, category, recipe, false);
  }

  /** Fills an example from random choices. */
  @FunctionalInterface
  interface Recipe {
    void make(Draw draw, SampleBuilder sample);
  }

  @Override
  public Sample generate(long seed, long index) {
    SampleBuilder sample = new SampleBuilder(this, seed, index);
    recipe.make(Draw.of(name, seed, index), sample);
    return sample.build();
  }
}
