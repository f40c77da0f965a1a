package dev.moonflow.model.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.GoldenFolder;
import dev.moonflow.model.conformance.WeightFormatReport.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packed weights on the golden checkpoint, whose experts are random and so the most sensitive. */
class WeightFormatReportTest {
  @TempDir private Path temporary;

  @Test
  void fewerBitsMoveLogitsMoreAndStayInBounds() throws IOException {
    List<Line> lines;
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      lines = WeightFormatReport.of(GoldenFolder.path("."), kernels, temporary);
    }
    assertThat(median(lines, WeightFormat.BF16)).isLessThan(0.05);
    assertThat(median(lines, WeightFormat.INT8)).isLessThan(0.35);
    assertThat(median(lines, WeightFormat.INT4)).isLessThan(0.9);
    assertThat(median(lines, WeightFormat.BF16)).isLessThan(median(lines, WeightFormat.INT8));
    assertThat(median(lines, WeightFormat.INT8)).isLessThan(median(lines, WeightFormat.INT4));
    assertThat(same(lines, WeightFormat.BF16)).isGreaterThan(0.9);
    assertThat(same(lines, WeightFormat.INT8)).isGreaterThan(0.7);
  }

  private static double median(List<Line> lines, WeightFormat format) {
    double[] errors =
        lines.stream()
            .filter(l -> l.format() == format)
            .mapToDouble(Line::error)
            .sorted()
            .toArray();
    return errors[errors.length / 2];
  }

  private static double same(List<Line> lines, WeightFormat format) {
    List<Line> chosen = lines.stream().filter(l -> l.format() == format).toList();
    return (double) chosen.stream().mapToInt(Line::sameIds).sum()
        / chosen.stream().mapToInt(Line::positions).sum();
  }
}
