package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.bench.BenchReport;
import dev.moonflow.jobs.bench.EngineBench;
import dev.moonflow.jobs.bench.EngineBench.Images;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.TemporaryFolder;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.KimiVl;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code moonflow bench engine}. */
@Command(
    name = "engine",
    header = "Vision by image size, prompts, decoding; and a page by stage.",
    description =
        "%nOperations are counted from the model's shape: products and attention, a multiplication"
            + " and an addition being two.")
final class BenchEngineCommand implements Callable<Integer> {
  private final Console console;
  private final Home home;

  @Mixin private BenchOptions options;

  BenchEngineCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    BenchReport report = new BenchReport("engine");
    try (TemporaryFolder temporary = new TemporaryFolder("moonflow-bench");
        Kernels kernels = Kernels.open(options.device())) {
      report.fact("kernels", kernels.device() + " (" + kernels.description() + ")");
      KimiVl model = KimiVl.load(options.model(home, temporary.path(), report).folder(), kernels);
      EngineBench bench = new EngineBench(model, options.rounds());
      report.add(
          bench.vision(
              List.of(
                  new Images(728, 28, 1),
                  new Images(728, 28, 64),
                  new Images(224, 224, 16),
                  new Images(448, 448, 4),
                  new Images(896, 896, 1))));
      report.add(
          bench.prefill(
              List.of(
                  new int[] {8, 64},
                  new int[] {64, 64},
                  new int[] {1, 512},
                  new int[] {1, 2_048})));
      report.add(bench.decode(List.of(1, 4, 8, 16, 64, 256)));
      report.add(
          EngineBench.stages(
              model,
              options.settings(),
              options.pages(temporary.path(), report),
              options.tokens()));
    }
    options.finish(report, console);
    return ExitCodes.OK;
  }
}
