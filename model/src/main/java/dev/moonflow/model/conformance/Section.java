package dev.moonflow.model.conformance;

import dev.moonflow.kernels.Kernels;

/** One area of a golden folder, and how the product is held to it. */
public interface Section {

  /** A short lower-case name, the first column of the report. */
  String name();

  /**
   * Compares what the folder holds of this area and adds one line per quantity to the report. Files
   * that are not there become skipped lines; anything thrown becomes one failed line and the other
   * sections go on.
   *
   * @throws Exception if a file cannot be read or the product refuses what it should compute
   */
  void run(GoldenFolder golden, Kernels kernels, Report report) throws Exception;
}
