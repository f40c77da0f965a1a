package dev.moonflow.training.experiment;

import dev.moonflow.training.distributed.RankLauncher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code moonflow experiment sharding}: state and traffic of ZeRO-1 by number of ranks. */
@Command(
    name = "sharding",
    description = "Measures optimizer state and bytes sent per rank, for Muon and AdamW.",
    mixinStandardHelpOptions = true)
public final class ShardingExperiment implements Callable<Integer> {
  @Option(
      names = "--out",
      defaultValue = "docs/evidence",
      description = "Folder of the page (${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--ranks",
      split = ",",
      defaultValue = "1,2,4",
      description = "Numbers of ranks (${DEFAULT-VALUE}).")
  private int[] ranks;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> rows = new ArrayList<>();
    for (int count : ranks) {
      rows.addAll(rows(count));
    }
    Files.createDirectories(out);
    Files.writeString(
        out.resolve("zero-1.md"), PAGE.formatted(String.join("\n", rows)), StandardCharsets.UTF_8);
    rows.forEach(System.out::println);
    return 0;
  }

  private static List<String> rows(int count) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("moonflow-sharding");
    List<String> said = new CopyOnWriteArrayList<>();
    int[] codes =
        new RankLauncher(count, Duration.ofMinutes(2), (rank, line) -> said.add(line))
            .run(ShardingRank.class, List.of(folder.toString()));
    if (Arrays.stream(codes).anyMatch(code -> code != 0)) {
      throw new IOException("a rank failed: " + String.join("\n", said));
    }
    Map<String, long[]> sums = new LinkedHashMap<>();
    for (int rank = 0; rank < count; rank++) {
      Path file = folder.resolve(Integer.toString(rank));
      for (String line : Files.readAllLines(file)) {
        String[] cells = line.split(";", -1);
        long[] sum = sums.computeIfAbsent(cells[0], method -> new long[2]);
        sum[0] += Long.parseLong(cells[1]);
        sum[1] += Long.parseLong(cells[2]);
      }
      Files.delete(file);
    }
    Files.delete(folder);
    long adamw = sums.values().iterator().next()[1];
    List<String> rows = new ArrayList<>();
    sums.forEach(
        (method, sum) ->
            rows.add(
                String.format(
                    Locale.ROOT,
                    "| %d | %s | %,d | %,d | %s |",
                    count,
                    method,
                    sum[0] / count,
                    sum[1] / count,
                    adamw == 0
                        ? "-"
                        : String.format(Locale.ROOT, "%.3f", (double) sum[1] / adamw))));
    return rows;
  }

  private static final String PAGE =
      """
      # State and traffic of ZeRO-1

      Written by `./moonflow experiment sharding`: the text model of the comparison of optimizers, float32, ranks as processes
      of one machine over Gloo. State and bytes sent are means over the ranks; one step reduce-scatters gradients, gathers
      the matrices that lie across shard boundaries (Muon) and all-gathers parameters.

      | ranks | method | state bytes per rank | bytes sent per rank and step | over AdamW |
      |---:|---|---:|---:|---:|
      %s

      The paper (SPEC section 12.1): one buffer instead of two for what Muon updates; 1 to 1.25 times the communication of
      distributed AdamW with a bfloat16 gather. Embedding and head, which stay AdamW's, keep two buffers: in a model
      this small they are a fifth of all values.
      """;
}
