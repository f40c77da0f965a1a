package dev.moonflow.training.data.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A run in a process of its own, to be killed. */
final class KilledRun {
  static final long SEED = 17;
  static final long COUNT = 80;
  static final int SHARDS = 20;
  static final DataRecipe RECIPE =
      new DataRecipe(
          new Origin.Generated(
              new TreeMap<>(Map.of("text-prose", 1.0, "ocr-word", 1.0, "ocr-block", 1.0)), COUNT),
          SEED,
          SHARDS,
          List.of(),
          DataRecipe.Filters.NONE,
          0);

  private KilledRun() {}

  public static void main(String[] arguments) throws Exception {
    new DataJob(RECIPE, Path.of(arguments[0])).run(1);
  }
}
