package dev.moonflow.model.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.conformance.ReportLine.Outcome;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs one section of conformance on the golden folder of the test resources. */
final class GoldenReplay {
  private GoldenReplay() {}

  static GoldenFolder folder() {
    return new GoldenFolder(Path.of(System.getProperty("moonflow.golden.dir")));
  }

  /** The section's report, printed as it is made. */
  static Report run(Section section) {
    Report report = new Report(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      ConformanceRunner.run(section, folder(), kernels, report);
    }
    return report;
  }

  /** Fails unless so many lines passed, and every line did. */
  static void assertPasses(Section section, int lines) {
    Report report = run(section);
    assertThat(report.lines()).allMatch(line -> line.outcome() == Outcome.PASS);
    assertThat(report.lines()).hasSizeGreaterThanOrEqualTo(lines);
  }
}
