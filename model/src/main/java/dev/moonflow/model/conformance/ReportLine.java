package dev.moonflow.model.conformance;

import java.util.Locale;

/**
 * One quantity of the report.
 *
 * @param section the area it belongs to
 * @param quantity what was compared
 * @param outcome how it ended
 * @param error largest absolute error; NaN where there is no number
 * @param tolerance largest error that passes; 0 means exact
 * @param note why it failed or was skipped, or an empty text
 */
public record ReportLine(
    String section, String quantity, Outcome outcome, double error, double tolerance, String note) {

  /** How a comparison ended. */
  public enum Outcome {
    /** Within the tolerance. */
    PASS,
    /** Outside the tolerance, or not computable. */
    FAIL,
    /** Nothing in the folder to compare with; not counted. */
    SKIP
  }

  /** The line as an aligned row: outcome, section, quantity, error, tolerance, note. */
  public String format() {
    return String.format(
            Locale.ROOT,
            "%-4s  %-16s  %-52s  %9s  %9s  %s",
            outcome,
            section,
            quantity,
            number(error, "0"),
            outcome == Outcome.SKIP ? "" : number(tolerance, "exact"),
            note)
        .stripTrailing();
  }

  /** The column titles, aligned with {@link #format}. */
  public static String header() {
    return String.format(
        "%-4s  %-16s  %-52s  %9s  %9s", "", "section", "quantity", "error", "tolerance");
  }

  private static String number(double value, String zero) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == 0 ? zero : String.format(Locale.ROOT, "%.1e", value);
  }
}
