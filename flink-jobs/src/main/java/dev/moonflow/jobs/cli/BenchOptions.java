package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.bench.BenchPages;
import dev.moonflow.jobs.bench.BenchReport;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.demo.DemoModel;
import dev.moonflow.jobs.perceive.ModelFolders;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all benchmarks ask. */
final class BenchOptions {
  private static final long SEED = 2026L;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = {
        "Folder of a checkpoint (default: models/moonlet if it is",
        "there, else random weights of the same shape)."
      })
  private Path model;

  @Option(
      names = "--pages",
      paramLabel = "N|DIR",
      defaultValue = "32",
      description =
          "How many pages to draw, or a folder of page images (default: ${DEFAULT-VALUE}).")
  private String pages;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "25",
      description = {
        "Tokens generated for each line, past stop tokens: the work of a",
        "page is then the same for any weights (default: ${DEFAULT-VALUE})."
      })
  private int tokens;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How often each figure is taken; medians are shown (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the job; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Also write the report there as Markdown, CSV and JSON.")
  private Path out;

  @Mixin private DeviceOption device;

  DeviceChoice device() {
    return device.choice();
  }

  int tokens() {
    return range("--tokens", tokens, 4_096);
  }

  int rounds() {
    return range("--rounds", rounds, 1_000);
  }

  private static int range(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new UserException(name + " must lie in 1 to " + max + ", got " + value + ".");
    }
    return value;
  }

  /** The job's settings: the user's over those that reading lines asks for. */
  Settings settings() {
    return Settings.load(null, overrides);
  }

  /** The checkpoint. */
  DemoModel model(Home home, Path temporary, BenchReport report) throws Exception {
    Path chosen =
        model == null && Files.isDirectory(home.defaultModel()) ? home.defaultModel() : model;
    if (chosen != null) {
      if (!Files.isRegularFile(chosen.resolve("config.json"))) {
        throw new UserException(chosen + " is not a checkpoint: it holds no config.json.");
      }
      report.fact("model", String.valueOf(chosen.getFileName()));
      return new DemoModel(ModelFolders.of(chosen, settings()), false, true);
    }
    Path made = temporary.resolve("model");
    SyntheticCheckpoint.write(made, SyntheticSpec.moonlet(SEED));
    report.fact("model", "random weights of moonlet's shape, seed " + SEED);
    return new DemoModel(ModelFolders.of(made, settings()), true, true);
  }

  /** The pages. */
  BenchPages pages(Path temporary, BenchReport report) throws Exception {
    BenchPages chosen;
    if (pages.matches("\\d{1,9}")) {
      int count = range("--pages", Integer.parseInt(pages), BenchPages.PAGES_MAX);
      chosen = BenchPages.drawn(Files.createDirectories(temporary.resolve("pages")), count, SEED);
    } else if (Files.isDirectory(Path.of(pages))) {
      chosen = BenchPages.of(Path.of(pages), BenchPages.PAGES_MAX);
    } else {
      throw new UserException("--pages takes a number or a folder, got " + pages + ".");
    }
    report.fact("pages", chosen.what());
    report.fact("answers", Quantities.count(tokens(), "token") + " a line, past stop tokens");
    return chosen;
  }

  /** Shows and writes the report. */
  void finish(BenchReport report, Console console) throws Exception {
    console.line(report.markdown());
    if (out != null) {
      report.write(out);
      console.note("Written to " + out + ".");
    }
  }
}
