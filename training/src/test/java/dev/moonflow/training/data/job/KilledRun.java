package dev.moonflow.training.data.job;

import dev.moonflow.training.data.job.DataRecipe.Filters;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A run in a process of its own, to be killed. */
final class KilledRun {
  static final long COUNT = 120;
  static final int SHARDS = 40;
  static final Filters FILTERS = Filters.NONE;
  static final String NAME = "ocr-block";

  private KilledRun() {}

  public static void main(String[] arguments) throws Exception {
    DataRecipe recipe =
        new DataRecipe(
            new Origin.Generated(new TreeMap<>(Map.of(NAME, 1.0)), COUNT),
            17,
            SHARDS,
            List.of(),
            FILTERS,
            0);
    new DataJob(recipe, Path.of(arguments[0])).run(1);
  }
}
