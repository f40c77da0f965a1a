package dev.moonflow.training.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code moonflow experiment optimizers}: Muon and AdamW over the same grid. */
@Command(
    name = "optimizers",
    description =
        "Trains a small model with Muon and with AdamW over a grid; writes page, PNG, CSV.",
    mixinStandardHelpOptions = true)
public final class OptimizerExperiment implements Callable<Integer> {
  @Option(
      names = "--out",
      defaultValue = "docs/evidence",
      description = "Folder of the report (${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--redraw",
      description = "Train nothing: write page and pictures again from the folder's CSV.")
  private boolean redraw;

  @Override
  public Integer call() throws IOException {
    ComparisonPlan plan = ComparisonPlan.documented();
    ComparisonOutcome outcome =
        redraw
            ? ComparisonOutcome.of(plan, CurveTable.read(ComparisonReport.table(out)))
            : OptimizerComparison.run(plan, System.out::println);
    ComparisonReport.write(outcome, out);
    System.out.printf("Muon needs %.2f of AdamW's steps.%n", outcome.share());
    return 0;
  }
}
