package dev.moonflow.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.Steps;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.demo.DemoModels;
import dev.moonflow.jobs.demo.EnrichmentTrial;
import dev.moonflow.jobs.settings.EnrichOptions;
import dev.moonflow.jobs.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moonflow enrich}: tries an enrichment out. */
@Command(
    name = "enrich",
    header = "Try an enrichment on a file of JSON records, in one process.",
    description = {
      "%nStarts a Kafka broker, a schema registry and Flink on free loopback ports, publishes each"
          + " line of the file to the topic of moonflow.enrich.topic, and writes the enriched"
          + " records in the order of the file. Records that cannot be enriched are named with"
          + " their reason; the exit code is then 1."
    },
    footer = {
      "",
      "Example:",
      "  moonflow enrich examples/enrichment/parcels.jsonl -c examples/enrichment/moonflow.yaml"
    })
final class EnrichCommand implements Callable<Integer> {
  private static final int RECORDS_MAX = 10_000;

  private final Console console;
  private final Home home;

  @Parameters(paramLabel = "FILE", description = "A JSON object per line.")
  private Path file;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "YAML file of settings, those under moonflow.enrich among them.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over those of the file; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = {
        "Folder of a checkpoint (default: models/moonlet",
        "if it is there, else a small random one)."
      })
  private Path model;

  @Mixin private DeviceOption device;

  EnrichCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = Settings.load(config, overrides);
    for (var option : List.of(EnrichOptions.TOPIC, EnrichOptions.TO, EnrichOptions.PROMPT)) {
      if (!settings.has(option)) {
        throw new UserException("Setting " + option.key() + " is required and not given.");
      }
    }
    if (!Files.isRegularFile(file)) {
      throw new UserException(file + " does not exist.");
    }
    List<byte[]> records = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        records.add(line.getBytes(UTF_8));
      }
    }
    if (records.isEmpty() || records.size() > RECORDS_MAX) {
      throw new UserException(
          file + " must have 1 to " + RECORDS_MAX + " records, has " + records.size() + ".");
    }
    var chosen = new DemoModels(home, new Steps(console)).choose(model);
    int failed = new EnrichmentTrial(console, chosen, device.choice(), settings).run(records);
    return failed == 0 ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
