package dev.moonflow.model.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.conformance.ReportLine.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Report report = new Report(new PrintStream(printed, true, StandardCharsets.UTF_8));

  private Outcome close(float actual, float expected, double tolerance) {
    report.close("x", new float[] {1f, actual}, new float[] {1f, expected}, tolerance);
    return last().outcome();
  }

  private ReportLine last() {
    return report.lines().get(report.lines().size() - 1);
  }

  @Test
  void theLargestErrorIsHeldAgainstTheTolerance() {
    assertThat(close(2f, 2.25f, 0.3)).isEqualTo(Outcome.PASS);
    assertThat(last().error()).isEqualTo(0.25);
    assertThat(close(2f, 2.25f, 0.25)).isEqualTo(Outcome.PASS);
    assertThat(close(2f, 2.25f, 0.2)).isEqualTo(Outcome.FAIL);
    assertThat(last().note()).contains("at 1: got 2.0, expected 2.25");
  }

  @Test
  void whatIsNotANumberFailsUnlessItIsExpected() {
    assertThat(close(Float.NaN, 1f, 1e9)).isEqualTo(Outcome.FAIL);
    assertThat(close(1f, Float.NaN, 1e9)).isEqualTo(Outcome.FAIL);
    assertThat(close(Float.POSITIVE_INFINITY, 1f, 1e9)).isEqualTo(Outcome.FAIL);
    assertThat(close(Float.NaN, Float.NaN, 0)).isEqualTo(Outcome.PASS);
    assertThat(close(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, 0)).isEqualTo(Outcome.PASS);
  }

  @Test
  void anotherNumberOfValuesFails() {
    report.close("x", new float[2], new float[3], 1);
    assertThat(last().outcome()).isEqualTo(Outcome.FAIL);
    assertThat(last().note()).isEqualTo("got 2 values, expected 3");
    report.exact("y", new int[0], new int[] {1});
    assertThat(last().outcome()).isEqualTo(Outcome.FAIL);
  }

  @Test
  void bytesAreUnsigned() {
    report.exact("pixels", new byte[] {0, (byte) 255}, new byte[] {0, (byte) 254});
    assertThat(last().error()).isEqualTo(1);
    assertThat(last().note()).contains("got 255, expected 254");
  }

  @Test
  void anEmptyTableFailsAndATableNamesItsFirstMismatch() {
    report.table("table", 0, List.of());
    assertThat(last().outcome()).isEqualTo(Outcome.FAIL);
    report.table("table", 5, List.of("row 3", "row 4"));
    assertThat(last().note()).isEqualTo("2 differ, the first: row 3");
    report.table("table", 5, List.of());
    assertThat(last().outcome()).isEqualTo(Outcome.PASS);
  }

  @Test
  void everyLineIsPrintedAlignedAndCountedExceptSkips() {
    report.enter("area");
    report.number("a quantity", 1e-7, 1e-6, "");
    report.skipped("another", "not in this\nfolder");
    report.failed("a third", "it broke");
    String text = printed.toString(StandardCharsets.UTF_8);
    String[] lines = text.split(System.lineSeparator());
    assertThat(lines).hasSize(3);
    assertThat(lines[0]).startsWith("PASS  area").contains("1.0e-07    1.0e-06");
    assertThat(lines[1]).startsWith("SKIP  area").endsWith("not in this folder");
    assertThat(lines[2]).startsWith("FAIL  area").endsWith("it broke");
    assertThat(report.summary()).isEqualTo("1 passed, 1 failed");
  }
}
