package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.kernels.dense.DenseBenchmark;
import dev.moonflow.kernels.dense.DenseBenchmark.Ceilings;
import dev.moonflow.kernels.dense.DenseBenchmark.Line;
import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.kernels.math.WorkerPool;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code moonflow bench dense}: products of packed weights beside the machine's ceilings. */
@Command(
    name = "dense",
    header = "Time products of packed weights at Kimi-VL's shapes, as a Markdown table.",
    description = {
      "%nCeilings are measured first, in the same run: bytes read from memory, fused multiply-adds in"
          + " registers, and oneDNN's largest products. Shares are of the ceiling that bounds a"
          + " product more: bytes for few rows, operations for many."
    })
final class BenchDenseCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Seconds for each figure (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private double seconds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: the processors).")
  private Integer threads;

  BenchDenseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!(seconds > 0) || seconds > 3600) {
      throw new UserException("--seconds must lie above 0 and at most at 3600.");
    }
    if (threads != null) {
      WorkerPool.setThreads(threads);
    }
    DenseBenchmark benchmark = new DenseBenchmark(seconds);
    Ceilings c = benchmark.ceilings();
    console.line(
        "%d threads. Ceilings: memory %.1f GB/s, f32 %.0f, bf16 %.0f, int8 %.0f GF/s."
            .formatted(
                WorkerPool.shared().threads(),
                c.readBytes() / 1e9,
                c.floatOps() / 1e9,
                c.bf16Ops() / 1e9,
                c.integerOps() / 1e9));
    console.line("");
    console.line("| M x K x N | weights | provider | time, us | GB/s | GF/s | of the ceiling |");
    console.line("|---|---|---|---:|---:|---:|---:|");
    benchmark.run(line -> console.line(row(line, c)));
    return ExitCodes.OK;
  }

  private static String row(Line l, Ceilings c) {
    double ops = l.format() == WeightFormat.BF16 ? c.bf16Ops() : c.integerOps();
    if (Double.isNaN(ops) || l.provider().equals("portable")) {
      ops = c.floatOps();
    }
    double share = Math.max(l.read() / c.readBytes(), l.ops() / ops);
    return String.format(
        Locale.ROOT,
        "| %d x %d x %d | %s | %s | %.0f | %.1f | %.0f | %.0f %% |",
        l.rows(),
        l.in(),
        l.out(),
        l.format().label(),
        l.provider(),
        l.best() * 1e6,
        l.read() / 1e9,
        l.ops() / 1e9,
        share * 100);
  }
}
