package dev.moonflow.training.cli.data;

import dev.moonflow.training.data.job.DataRecipe;
import dev.moonflow.training.data.job.Origin;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What all commands that write a folder of shards have in common. */
final class OutputOptions {
  private static final int EXAMPLES_PER_SHARD = 1000;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder for the shards; one that was begun by the same command is gone on with.")
  private Path out;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Decides what is drawn and the order (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Files to write (default: one for each 1000 examples).")
  private Integer shards;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Subtasks of the job; changes nothing but the time (default: the processors).")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--remove-duplicates",
      description = "Keep one of examples that say and show as good as the same.")
  private boolean removeDuplicates;

  @Option(
      names = "--agreement",
      defaultValue = "0",
      paramLabel = "X",
      description = "Least agreement of image and text, 0 to 1, where it can be told.")
  private double agreement;

  @Option(
      names = "--per-topic",
      defaultValue = "0",
      paramLabel = "N",
      description = "Most examples of a topic; 0 is no limit.")
  private long perTopic;

  @Option(
      names = "--per-resolution",
      defaultValue = "0",
      paramLabel = "N",
      description = "Most examples of a size and form of image; 0 is no limit.")
  private long perResolution;

  @Option(
      names = "--augment",
      defaultValue = "0",
      paramLabel = "N",
      description = "Rotated, distorted, recoloured, noisy copies of each example with images.")
  private int augment;

  Path out() {
    return out;
  }

  int parallelism() {
    return Math.max(1, parallelism);
  }

  /** The recipe of an origin that has about so many examples. */
  DataRecipe recipe(Origin origin, long examples, List<String> fonts) {
    long files =
        shards != null
            ? shards
            : Math.max(1, (examples * (1 + augment) + EXAMPLES_PER_SHARD - 1) / EXAMPLES_PER_SHARD);
    return new DataRecipe(
        origin,
        seed,
        (int) Math.min(Integer.MAX_VALUE, files),
        fonts,
        new DataRecipe.Filters(removeDuplicates, agreement, perTopic, perResolution),
        augment);
  }
}
