package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.bench.BenchPages;
import dev.moonflow.jobs.bench.BenchReport;
import dev.moonflow.jobs.bench.Cost;
import dev.moonflow.jobs.bench.Measures;
import dev.moonflow.jobs.bench.PairedRuns;
import dev.moonflow.jobs.bench.PipelineBench;
import dev.moonflow.jobs.bench.Rival;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.TemporaryFolder;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.demo.DemoModel;
import dev.moonflow.jobs.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code moonflow bench pipeline}. */
@Command(
    name = "pipeline",
    header = "Pages through Kafka and Flink, in one process.",
    description = {
      "%nEach round publishes all pages at once and ends when a reader of committed records has"
          + " every result. Processor time is that of the whole process: broker, registry, Flink,"
          + " the job and the reader. The same pages go through the engine alone in turns with the"
          + " rounds, and through the program of --pair. At the end pages are sent at half the rate"
          + " reached, for the delay."
    })
final class BenchPipelineCommand implements Callable<Integer> {
  /** What reading lines with a small model on a few cores asks for; the user's settings win. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "moonflow.document.regions", "lines",
          "moonflow.engine.feature-cache", "1b", // rounds repeat their pages
          "moonflow.engine.math-threads", "1",
          "moonflow.engine.requests-running", "256",
          "moonflow.engine.tokens-per-step", "1024");

  private final Console console;
  private final Home home;

  @Option(
      names = "--pair",
      paramLabel = "COMMAND",
      description = {
        "Another program, run on each page in turns with the rounds; {page}",
        "stands for the file, leading NAME=VALUE words are its environment."
      })
  private String pair;

  @Option(
      names = "--pair-processes",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many of it run side by side (default: ${DEFAULT-VALUE}).")
  private int pairProcesses;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds that do not count (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Mixin private BenchOptions options;

  BenchPipelineCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    Rival rival = rival();
    BenchReport report = new BenchReport("pipeline");
    try (TemporaryFolder temporary = new TemporaryFolder("moonflow-bench")) {
      BenchPages pages = options.pages(temporary.path(), report);
      DemoModel model = options.model(home, temporary.path(), report);
      Settings settings = settings(report);
      try (PipelineBench bench =
          new PipelineBench(model, options.device(), settings, options.tokens(), console)) {
        measure(bench, pages, rival, report);
      }
    }
    options.finish(report, console);
    return ExitCodes.OK;
  }

  private Rival rival() {
    try {
      return pair == null ? null : Rival.of(pair, pairProcesses);
    } catch (IllegalArgumentException e) {
      throw new UserException("--pair: " + e.getMessage() + ".", e);
    }
  }

  private Settings settings(BenchReport report) {
    Settings settings = Settings.of(SETTINGS);
    for (Map.Entry<String, String> each : options.settings().asMap().entrySet()) {
      settings = settings.with(each.getKey(), each.getValue());
    }
    report.fact("settings", new java.util.TreeMap<>(settings.asMap()).toString());
    return settings;
  }

  private void measure(PipelineBench bench, BenchPages pages, Rival rival, BenchReport report)
      throws Exception {
    List<byte[]> files = pages.bytes();
    for (int i = 0; i < warmUp; i++) {
      bench.round(files, Double.POSITIVE_INFINITY);
      console.note("warm-up round " + (i + 1) + " of " + warmUp);
    }
    List<Cost> rounds = new ArrayList<>();
    List<Double> written = new ArrayList<>();
    List<Cost> engine = new ArrayList<>();
    PairedRuns paired = new PairedRuns();
    for (int i = 0; i < options.rounds(); i++) {
      PipelineBench.Round round = bench.round(files, Double.POSITIVE_INFINITY);
      rounds.add(round.cost().per(files.size()));
      written.add(round.writtenSeconds() / files.size());
      engine.add(bench.engineAlone(files).per(files.size()));
      if (rival != null) {
        paired.turn(round.cost(), rival, pages.files());
      }
      console.note(
          "round "
              + (i + 1)
              + " of "
              + options.rounds()
              + ": "
              + Quantities.count(files.size(), "page"));
    }
    Cost through = Cost.median(rounds);
    Cost alone = Cost.median(engine);
    double rate = 1 / through.wallSeconds();
    report
        .add(
            new Measures(
                "Saturation, medians of " + rounds.size() + " rounds",
                "",
                "pages/s",
                "CPU-ms/page"))
        .row("through Kafka and Flink, until committed", rate, 1e3 * through.cpuSeconds())
        .row(
            "the same until written",
            1 / Cost.median(written.stream().map(s -> new Cost(s, s)).toList()).wallSeconds(),
            1e3 * through.cpuSeconds())
        .row("the engine alone", 1 / alone.wallSeconds(), 1e3 * alone.cpuSeconds())
        .row(
            "share of the engine's rate",
            alone.wallSeconds() / through.wallSeconds(),
            alone.cpuSeconds() / through.cpuSeconds());
    PipelineBench.Round half = bench.round(files, rate / 2);
    report
        .add(
            new Measures(
                String.format(java.util.Locale.ROOT, "Delay at %.1f pages/s", rate / 2),
                "",
                "p50 s",
                "p99 s"))
        .row(
            "until written",
            Cost.quantile(half.written(), 0.5),
            Cost.quantile(half.written(), 0.99))
        .row(
            "until committed and read",
            Cost.quantile(half.seen(), 0.5),
            Cost.quantile(half.seen(), 0.99));
    if (rival != null) {
      report.add(paired.table(rival));
    }
  }
}
