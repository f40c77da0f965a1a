package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.bench.BenchReport;
import dev.moonflow.jobs.bench.PackBench;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.TemporaryFolder;
import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.math.WorkerPool;
import dev.moonflow.model.KimiVl;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code moonflow bench pack}. */
@Command(
    name = "pack",
    header = "How full packed batches are, and what a page costs to pack.",
    description = "%nRuns on one thread.")
final class BenchPackCommand implements Callable<Integer> {
  private static final long SEED = 7;

  private final Console console;
  private final Home home;

  @Mixin private BenchOptions options;

  BenchPackCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    WorkerPool.setThreads(1);
    BenchReport report = new BenchReport("pack");
    try (TemporaryFolder temporary = new TemporaryFolder("moonflow-bench");
        Kernels kernels = Kernels.open(options.device())) {
      report.fact("kernels", kernels.device() + " (" + kernels.description() + ")");
      KimiVl model = KimiVl.load(options.model(home, temporary.path(), report).folder(), kernels);
      PackBench bench = new PackBench(model, kernels, Math.max(10, options.rounds()));
      report.add(bench.fill(options.settings().get(ModelOptions.PATCHES_PER_STEP), SEED));
      report.add(bench.page());
    }
    options.finish(report, console);
    return ExitCodes.OK;
  }
}
