package dev.moonflow.model.conformance;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.conformance.ReportLine.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Replays a golden folder: every section, in one order, into one report. */
public final class ConformanceRunner {
  private ConformanceRunner() {}

  /** Every section, in the order of the model: pixels, vision, language, text, whole answers. */
  static List<Section> sections() {
    return List.of(
        new DefaultImagesSection(),
        new PatchTensorsSection(),
        new OtherSettingsSection(),
        new GeometrySection(),
        new ResizeSection(),
        new VisionSection(),
        new VisionPartsSection(),
        new Bf16VisionSection(),
        new ActivationsSection(),
        new RotarySection(),
        new GateSection(),
        new AttentionSection(),
        new LanguageSection(),
        new Bf16LanguageSection(),
        new CheckpointSection(),
        new TokenizerSection(),
        new ChatSection(),
        new GreedySection());
  }

  /**
   * Runs every section on a folder and prints a line per quantity, then {@code N passed, M failed}.
   *
   * @return how many lines failed; at least 1 when the folder holds nothing that a section knows
   * @throws IOException if {@code directory} is not a folder
   */
  public static int run(Path directory, Kernels kernels, PrintStream out) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IOException(directory + " is not a folder");
    }
    Report report = new Report(out);
    out.println(ReportLine.header());
    GoldenFolder golden = new GoldenFolder(directory);
    for (Section section : sections()) {
      run(section, golden, kernels, report);
    }
    report.enter("folder");
    for (String file : golden.unread()) {
      report.skipped(file, "no section has read this file");
    }
    if (report.count(Outcome.PASS) + report.count(Outcome.FAIL) == 0) {
      report.failed(directory.toString(), "holds nothing that a section of conformance knows");
    }
    out.println(report.summary());
    return report.count(Outcome.FAIL);
  }

  /** Runs one section; what it throws becomes a failed line. */
  static void run(Section section, GoldenFolder golden, Kernels kernels, Report report) {
    report.enter(section.name());
    try {
      section.run(golden, kernels, report);
    } catch (Exception | LinkageError | OutOfMemoryError | AssertionError e) {
      String reason = e.getMessage() == null ? "" : ": " + e.getMessage();
      report.failed("stopped", e.getClass().getSimpleName() + reason);
    }
  }
}
