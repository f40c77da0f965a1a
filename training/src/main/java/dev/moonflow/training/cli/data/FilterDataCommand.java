package dev.moonflow.training.cli.data;

import dev.moonflow.training.data.job.Origin;
import dev.moonflow.training.sample.ShardSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code moonflow data filter}. */
@Command(
    name = "filter",
    header = "Filter, augment, balance and shuffle folders of shards into a new one.",
    mixinStandardHelpOptions = true)
public final class FilterDataCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders of shards.")
  private List<Path> folders;

  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    return JobRun.guarded(
        () -> {
          long count = 0;
          List<String> names = new ArrayList<>();
          for (Path folder : folders) {
            try (ShardSet set = ShardSet.open(folder)) {
              count += set.size();
            }
            names.add(folder.toAbsolutePath().toString());
          }
          return JobRun.run(output, output.recipe(new Origin.Shards(names), count, List.of()));
        });
  }
}
