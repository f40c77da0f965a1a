package dev.moonflow.jobs.cli.doctor;

import dev.moonflow.kernels.dense.DenseProvider;
import dev.moonflow.kernels.dense.DenseProviders;
import dev.moonflow.kernels.dense.DenseProviders.Selection;

/** Who multiplies packed weights, and why not oneDNN where it does not. */
final class DenseChecks {
  private DenseChecks() {}

  static Finding dense() {
    DenseProvider chosen = DenseProviders.open(Selection.AUTO);
    String detail = "auto takes " + chosen.name() + " (" + chosen.description() + ")";
    String problem = DenseProviders.onednn().problem();
    return problem == null
        ? Finding.good("Dense math", detail)
        : Finding.optional(
            "Dense math",
            detail + ": " + problem,
            "nothing has to be done: packed weights give the same bits, more slowly");
  }
}
