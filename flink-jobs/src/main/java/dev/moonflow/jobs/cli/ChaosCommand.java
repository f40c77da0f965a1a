package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.chaos.Chaos;
import dev.moonflow.jobs.chaos.ChaosPlan;
import dev.moonflow.jobs.chaos.ChaosReport;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.console.TemporaryFolder;
import dev.moonflow.jobs.cli.console.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code moonflow chaos}: kills things and says whether a result was lost, doubled or changed. */
@Command(
    name = "chaos",
    header = "Kill brokers, registries and Flink's processes, and check every result.",
    description = {
      "%nStarts a Kafka broker, a schema registry, a JobManager and TaskManagers as processes of"
          + " their own, publishes mixed events with damaged ones among them, and kills, stops and"
          + " restarts the processes by a schedule that the seed decides. A reader of committed"
          + " records compares each with what the bare engine writes. The exit code is 0 only if"
          + " nothing was lost, doubled, reordered or changed."
    },
    footer = {
      "",
      "Examples:",
      "  moonflow chaos",
      "  moonflow chaos --kills 200 --events 50000 --seed 7 --keep chaos-7"
    })
final class ChaosCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "20",
      description = {
        "Processes to kill (default: ${DEFAULT-VALUE}); pauses and",
        "orderly restarts come on top."
      })
  private int kills;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Events to publish (default: ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides events and faults; printed when drawn.")
  private Long seed;

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Processes that compute (default: ${DEFAULT-VALUE}).")
  private int taskManagers;

  @Option(
      names = "--checkpoint",
      paramLabel = "MS",
      defaultValue = "1000",
      description = "Milliseconds between checkpoints (default: ${DEFAULT-VALUE}).")
  private int checkpoint;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Work in this folder, which must be empty, and leave it.")
  private Path keep;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder of a checkpoint (default: a small random one).")
  private Path model;

  @Mixin private DeviceOption device;

  ChaosCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    require("--kills", kills, 0, 10_000);
    require("--events", events, 100, 10_000_000);
    require("--task-managers", taskManagers, 1, 16);
    require("--checkpoint", checkpoint, 100, 60_000);
    if (seed != null && seed < 0) {
      throw new UserException("--seed must be at least 0, got " + seed + ".");
    }
    long drawn = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    ChaosPlan plan =
        new ChaosPlan(
            drawn,
            kills,
            events,
            taskManagers,
            Duration.ofMillis(checkpoint),
            ChaosPlan.of(drawn, kills, events).silenceMax());
    if (keep != null) {
      return report(new Chaos(plan, empty(keep), device.choice(), console).run(model));
    }
    try (Lifetime lifetime = new Lifetime()) { // which Ctrl-C ends too
      TemporaryFolder temporary = lifetime.add(new TemporaryFolder("moonflow-chaos"));
      return report(new Chaos(plan, temporary.path(), device.choice(), console).run(model));
    }
  }

  private int report(ChaosReport report) {
    report.lines().forEach(console::line);
    return report.clean() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private static Path empty(Path folder) throws Exception {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new UserException("--keep needs an empty folder, and " + folder + " is not.");
      }
    }
    return folder.toAbsolutePath().normalize();
  }

  private static void require(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new UserException(
          option + " must lie in " + min + " to " + max + ", got " + value + ".");
    }
  }
}
