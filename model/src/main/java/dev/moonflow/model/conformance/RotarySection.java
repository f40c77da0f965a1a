package dev.moonflow.model.conformance;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.math.Rotary;
import dev.moonflow.model.language.RotaryAngles;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The language model's rotary frequencies, angles and rotation.
 *
 * <p>Frequencies are compared by their relative error: a power function that is not rounded
 * correctly, as vector libraries have, may move one by a last place, and at position 131 071 that
 * alone turns an angle by 0.002 rad. Angles and rotation are therefore compared at the folder's own
 * frequencies, where they must agree at every position.
 */
final class RotarySection implements Section {
  private static final String FILE = "lm_parts/rope1d.safetensors";

  /** Names of the tables: dimension and theta. */
  private static final Pattern TABLE = Pattern.compile("dim(\\d+)_theta(\\d+)\\.inv_freq");

  @Override
  public String name() {
    return "rotary_1d";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    if (!golden.hasAll(report, FILE)) {
      return;
    }
    GoldenTensors expected = golden.tensors(FILE);
    int[] positions = expected.ints("positions");
    for (String name : expected.names()) {
      Matcher table = TABLE.matcher(name);
      if (table.matches()) {
        int dim = Integer.parseInt(table.group(1));
        double theta = Double.parseDouble(table.group(2));
        compareTable(name.replace(".inv_freq", ""), dim, theta, positions, expected, report);
      }
    }
    compareRotation(positions, expected, report);
  }

  private static void compareTable(
      String table, int dim, double theta, int[] positions, GoldenTensors expected, Report report) {
    float[] stored = expected.floats(table + ".inv_freq");
    double worst = relative(new RotaryAngles(dim, theta).frequencies(), stored);
    report.number(table + " inv_freq (relative)", worst, Tolerances.FREQUENCY, "");
    RotaryAngles angles = RotaryAngles.ofFrequencies(stored);
    float[] cos = new float[positions.length * angles.count()];
    float[] sin = new float[cos.length];
    fill(angles, positions, cos, sin);
    double tolerance = Tolerances.ROTARY_TABLE;
    report.close(table + " cos", cos, expected.floats(table + ".cos"), tolerance);
    report.close(table + " sin", sin, expected.floats(table + ".sin"), tolerance);
  }

  private static double relative(float[] actual, float[] expected) {
    double worst = actual.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(actual.length, expected.length); i++) {
      worst = Math.max(worst, Math.abs((double) actual[i] / expected[i] - 1));
    }
    return worst;
  }

  /** The stored rotation does not name its table: it is the one of its width that fits best. */
  private static void compareRotation(int[] positions, GoldenTensors expected, Report report) {
    if (!expected.has("apply.x")) {
      report.skipped("apply", "not in this folder");
      return;
    }
    int[] shape = expected.shape("apply.x"); // [positions, heads, d]
    float[] interleaved = expected.floats("apply.y_interleaved_layout");
    float[] best = null;
    for (String name : expected.names()) {
      Matcher table = TABLE.matcher(name);
      if (table.matches() && Integer.parseInt(table.group(1)) == shape[2]) {
        RotaryAngles angles = RotaryAngles.ofFrequencies(expected.floats(name));
        float[] rotated = rotate(angles, positions, shape, expected.floats("apply.x").clone());
        if (best == null || distance(rotated, interleaved) < distance(best, interleaved)) {
          best = rotated;
        }
      }
    }
    if (best == null) {
      report.failed("apply", "no table has dimension " + shape[2]);
      return;
    }
    report.close("apply interleaved", best, interleaved, Tolerances.ROTATED);
    float[] halves = expected.floats("apply.y_half_split_layout");
    report.close("apply half-split", evenThenOdd(best, shape[2]), halves, Tolerances.ROTATED);
  }

  private static float[] rotate(RotaryAngles angles, int[] positions, int[] shape, float[] x) {
    float[] cos = new float[positions.length * angles.count()];
    float[] sin = new float[cos.length];
    fill(angles, positions, cos, sin);
    int heads = shape[1];
    int dim = shape[2];
    Rotary.apply(x, 0, heads * dim, positions.length, heads, dim, dim, cos, sin, 0);
    return x;
  }

  private static void fill(RotaryAngles angles, int[] positions, float[] cos, float[] sin) {
    for (int i = 0; i < positions.length; i++) {
      angles.fill(positions[i], cos, sin, i * angles.count());
    }
  }

  /** The layout of code that de-interleaves first: the same pairs, permuted. */
  private static float[] evenThenOdd(float[] x, int dim) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      int within = i % dim;
      y[i - within + within / 2 + (within % 2) * dim / 2] = x[i];
    }
    return y;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      sum += Math.abs((double) a[i] - b[i]);
    }
    return sum;
  }
}
