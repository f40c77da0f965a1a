package dev.moonflow.model.conformance;

import dev.moonflow.model.conformance.ReportLine.Outcome;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Collects and prints the lines of a conformance run as they come. Used by one thread. */
public final class Report {
  private final PrintStream out;
  private final List<ReportLine> lines = new ArrayList<>();
  private String section = "";

  /** A report that prints every line to {@code out} when it is added. */
  public Report(PrintStream out) {
    this.out = out;
  }

  /** Names the section that the following lines belong to. */
  void enter(String name) {
    section = name;
  }

  /**
   * Compares floats by their largest absolute difference; a NaN on one side only, or another
   * length, fails.
   */
  public void close(String quantity, float[] actual, float[] expected, double tolerance) {
    if (!sameLength(quantity, actual.length, expected.length, tolerance)) {
      return;
    }
    double worst = 0;
    int at = -1;
    for (int i = 0; i < actual.length; i++) {
      double error = difference(actual[i], expected[i]);
      if (error > worst) {
        worst = error;
        at = i;
      }
    }
    String note =
        worst <= tolerance ? "" : "at " + at + ": got " + actual[at] + ", expected " + expected[at];
    number(quantity, worst, tolerance, note);
  }

  private static double difference(float actual, float expected) {
    if (Float.compare(actual, expected) == 0) {
      return 0;
    }
    double error = Math.abs((double) actual - expected);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  /** Compares integers for equality. */
  public void exact(String quantity, int[] actual, int[] expected) {
    if (!sameLength(quantity, actual.length, expected.length, 0)) {
      return;
    }
    int at = Arrays.mismatch(actual, expected);
    double worst = 0;
    for (int i = 0; i < actual.length; i++) {
      worst = Math.max(worst, Math.abs((double) actual[i] - expected[i]));
    }
    String note =
        at < 0 ? "" : "first at " + at + ": got " + actual[at] + ", expected " + expected[at];
    number(quantity, worst, 0, note);
  }

  /** Compares unsigned bytes, such as pixels, for equality. */
  public void exact(String quantity, byte[] actual, byte[] expected) {
    exact(quantity, unsigned(actual), unsigned(expected));
  }

  private static int[] unsigned(byte[] bytes) {
    int[] values = new int[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }

  /** Compares two values, such as texts or hashes, with {@code equals}. */
  public void equal(String quantity, Object actual, Object expected) {
    if (Objects.equals(actual, expected)) {
      number(quantity, 0, 0, "");
    } else {
      failed(quantity, "got " + brief(actual) + ", expected " + brief(expected));
    }
  }

  /**
   * A table of many cases as one line.
   *
   * @param cases how many were compared
   * @param mismatches a sentence per case that differs
   */
  public void table(String quantity, int cases, List<String> mismatches) {
    String title = quantity + " (" + cases + (cases == 1 ? " case)" : " cases)");
    if (cases == 0) {
      failed(title, "the table is empty");
    } else if (mismatches.isEmpty()) {
      number(title, 0, 0, "");
    } else {
      failed(title, mismatches.size() + " differ, the first: " + mismatches.get(0));
    }
  }

  /** A measured error against its tolerance. */
  public void number(String quantity, double error, double tolerance, String note) {
    Outcome outcome = error <= tolerance ? Outcome.PASS : Outcome.FAIL;
    add(new ReportLine(section, quantity, outcome, error, tolerance, note));
  }

  /** Something that could not be compared, with the reason. */
  public void failed(String quantity, String reason) {
    add(new ReportLine(section, quantity, Outcome.FAIL, Double.NaN, 0, oneLine(reason)));
  }

  /** Something that the folder does not hold, with the reason. */
  public void skipped(String quantity, String reason) {
    add(new ReportLine(section, quantity, Outcome.SKIP, Double.NaN, 0, oneLine(reason)));
  }

  /** Every line so far. */
  public List<ReportLine> lines() {
    return List.copyOf(lines);
  }

  /** How many lines ended so. */
  public int count(Outcome outcome) {
    return (int) lines.stream().filter(line -> line.outcome() == outcome).count();
  }

  /** {@code N passed, M failed}: the last line of a run. */
  public String summary() {
    return count(Outcome.PASS) + " passed, " + count(Outcome.FAIL) + " failed";
  }

  private boolean sameLength(String quantity, int actual, int expected, double tolerance) {
    if (actual == expected) {
      return true;
    }
    String note = "got " + actual + " values, expected " + expected;
    add(new ReportLine(section, quantity, Outcome.FAIL, Double.NaN, tolerance, note));
    return false;
  }

  private void add(ReportLine line) {
    lines.add(line);
    out.println(line.format());
  }

  private static String brief(Object value) {
    String text = oneLine(String.valueOf(value));
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }

  private static String oneLine(String text) {
    return text == null ? "" : text.replaceAll("\\s*\\R\\s*", " ");
  }
}
