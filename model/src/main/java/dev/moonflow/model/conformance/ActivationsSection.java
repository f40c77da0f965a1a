package dev.moonflow.model.conformance;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.math.Activations;
import dev.moonflow.kernels.math.Norms;
import dev.moonflow.kernels.math.Transcendentals;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables of the activation functions, and norms of rows with very small variance. */
final class ActivationsSection implements Section {
  private static final String FILE = "lm_parts/activations_norms.safetensors";

  /** Names of the norms: kind and exponent of the epsilon. */
  private static final Pattern NORM = Pattern.compile("(layernorm|rmsnorm)_eps1e(\\d+)");

  private interface InPlace {
    void apply(float[] x, int offset, int count);
  }

  @Override
  public String name() {
    return "activations";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    if (!golden.hasAll(report, FILE)) {
      return;
    }
    GoldenTensors expected = golden.tensors(FILE);
    table("gelu_tanh", Activations::geluTanh, expected, report);
    table("gelu_erf", Activations::geluErf, expected, report);
    table("silu", Activations::silu, expected, report);
    table("sigmoid", ActivationsSection::sigmoid, expected, report);
    for (String name : expected.names()) {
      Matcher norm = NORM.matcher(name);
      if (norm.matches()) {
        norm(name, norm.group(1), Float.parseFloat("1e-" + norm.group(2)), expected, report);
      }
    }
  }

  private static void sigmoid(float[] x, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      x[i] = Transcendentals.sigmoid(x[i]);
    }
  }

  private static void table(String name, InPlace f, GoldenTensors expected, Report report) {
    if (!expected.has(name)) {
      report.skipped(name, "not in this folder");
      return;
    }
    float[] x = expected.floats("x").clone();
    f.apply(x, 0, x.length);
    report.close(name, x, expected.floats(name), Tolerances.ELEMENTWISE);
  }

  private static void norm(
      String name, String kind, float eps, GoldenTensors expected, Report report) {
    int[] shape = expected.shape("norm_x"); // [rows, dim]
    float[] x = expected.floats("norm_x");
    float[] weight = expected.floats("norm_weight");
    float[] y = new float[x.length];
    if (kind.toLowerCase(Locale.ROOT).equals("layernorm")) {
      float[] bias = expected.floats("norm_bias");
      Norms.layerNorm(x, 0, shape[0], shape[1], weight, bias, eps, y, 0);
    } else {
      Norms.rmsNorm(x, 0, shape[0], shape[1], weight, eps, y, 0);
    }
    report.close(name, y, expected.floats(name), Tolerances.NORMS);
  }
}
