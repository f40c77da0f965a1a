package dev.moonflow.model.vision;

import dev.moonflow.kernels.RgbImage;
import java.util.Map;

/**
 * The plain twin of the vision path for one image, in double, one value at a time: SPEC sections
 * 4.5 to 6 and appendix B as they read, sharing no code with the product.
 */
public final class ReferenceVision {
  private final TinyVision shape;
  private final Map<String, float[]> weights;

  public ReferenceVision(TinyVision shape, Map<String, float[]> weights) {
    this.shape = shape;
    this.weights = weights;
  }

  /** Features [M][H] of an image normalised with mean and deviation one half. */
  public double[][] features(RgbImage image) {
    int p = shape.patch();
    int rows = image.height() / p;
    int cols = image.width() / p;
    double[][] x = new double[rows * cols][];
    for (int patch = 0; patch < x.length; patch++) {
      x[patch] = linear("vision_tower.patch_embed.proj", patch(image, patch / cols, patch % cols));
      addPosition(x[patch], patch / cols, patch % cols, rows, cols);
    }
    for (int i = 0; i < shape.layers(); i++) {
      block("vision_tower.encoder.blocks." + i + ".", x, cols);
    }
    double[][] out = new double[x.length / 4][];
    for (int token = 0; token < out.length; token++) {
      out[token] = project(x, token / (cols / 2) * 2, token % (cols / 2) * 2, cols);
    }
    return out;
  }

  private double[] patch(RgbImage image, int row, int col) {
    int p = shape.patch();
    double[] values = new double[3 * p * p];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < p; y++) {
        for (int x = 0; x < p; x++) {
          int at = ((row * p + y) * image.width() + col * p + x) * 3 + c;
          values[(c * p + y) * p + x] = ((image.rgb()[at] & 0xff) / 255.0 - 0.5) / 0.5;
        }
      }
    }
    return values;
  }

  private void addPosition(double[] x, int row, int col, int rows, int cols) {
    float[] table = weights.get("vision_tower.patch_embed.pos_emb.weight");
    double down = (row + 0.5) * shape.rows() / rows - 0.5;
    double across = (col + 0.5) * shape.cols() / cols - 0.5;
    for (int i = -1; i <= 2; i++) {
      for (int j = -1; j <= 2; j++) {
        double r = Math.floor(down) + i;
        double c = Math.floor(across) + j;
        double weight = cubic(down - r) * cubic(across - c);
        int tableRow = (int) Math.max(0, Math.min(shape.rows() - 1, r));
        int tableCol = (int) Math.max(0, Math.min(shape.cols() - 1, c));
        for (int d = 0; d < x.length; d++) {
          x[d] += weight * table[(tableRow * shape.cols() + tableCol) * x.length + d];
        }
      }
    }
  }

  private static double cubic(double distance) {
    double d = Math.abs(distance);
    double a = -0.75;
    return d <= 1
        ? (a + 2) * d * d * d - (a + 3) * d * d + 1
        : a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a;
  }

  private void block(String name, double[][] x, int cols) {
    double[][] qkv = new double[x.length][];
    for (int patch = 0; patch < x.length; patch++) {
      qkv[patch] = linear(name + "wqkv", norm(name + "norm0", x[patch]));
      rotate(qkv[patch], patch / cols, patch % cols);
    }
    for (int patch = 0; patch < x.length; patch++) {
      add(x[patch], linear(name + "wo", attend(qkv, patch)));
    }
    for (double[] patch : x) {
      double[] wide = linear(name + "mlp.fc0", norm(name + "norm1", patch));
      for (int i = 0; i < wide.length; i++) {
        double v = wide[i];
        wide[i] = 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)));
      }
      add(patch, linear(name + "mlp.fc1", wide));
    }
  }

  private void rotate(double[] qkv, int row, int col) {
    int d = shape.hidden() / shape.heads();
    for (int head = 0; head < 2 * shape.heads(); head++) {
      for (int m = 0; m < d / 2; m++) {
        double angle = (m % 2 == 0 ? col : row) * Math.pow(10_000, -4.0 * (m / 2) / d);
        int at = head * d + 2 * m;
        double re = qkv[at];
        double im = qkv[at + 1];
        qkv[at] = re * Math.cos(angle) - im * Math.sin(angle);
        qkv[at + 1] = re * Math.sin(angle) + im * Math.cos(angle);
      }
    }
  }

  private double[] attend(double[][] qkv, int patch) {
    int dim = shape.hidden();
    int d = dim / shape.heads();
    double[] out = new double[dim];
    for (int head = 0; head < shape.heads(); head++) {
      double[] weight = new double[qkv.length];
      double total = 0;
      for (int other = 0; other < qkv.length; other++) {
        double score = 0;
        for (int i = head * d; i < (head + 1) * d; i++) {
          score += qkv[patch][i] * qkv[other][dim + i];
        }
        weight[other] = Math.exp(score / Math.sqrt(d));
        total += weight[other];
      }
      for (int other = 0; other < qkv.length; other++) {
        for (int i = head * d; i < (head + 1) * d; i++) {
          out[i] += weight[other] / total * qkv[other][2 * dim + i];
        }
      }
    }
    return out;
  }

  private double[] project(double[][] x, int row, int col, int cols) {
    int dim = shape.hidden();
    double[] wide = new double[4 * dim];
    for (int k = 0; k < 4; k++) {
      double[] patch = x[(row + k / 2) * cols + col + k % 2];
      double[] normed = norm("vision_tower.encoder.final_layernorm", patch);
      System.arraycopy(norm("multi_modal_projector.pre_norm", normed), 0, wide, k * dim, dim);
    }
    double[] inner = linear("multi_modal_projector.linear_1", wide);
    for (int i = 0; i < inner.length; i++) {
      inner[i] = 0.5 * inner[i] * (1 + erf(inner[i] / Math.sqrt(2)));
    }
    return linear("multi_modal_projector.linear_2", inner);
  }

  /** The Maclaurin series, enough for the arguments that occur here. */
  private static double erf(double x) {
    if (Math.abs(x) > 5) {
      return Math.signum(x);
    }
    double sum = 0;
    double term = x;
    for (int n = 0; n < 120; n++) {
      sum += term / (2 * n + 1);
      term *= -x * x / (n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  private double[] linear(String name, double[] x) {
    float[] weight = weights.get(name + ".weight");
    float[] bias = weights.get(name + ".bias");
    double[] y = new double[bias.length];
    for (int o = 0; o < y.length; o++) {
      y[o] = bias[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += weight[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private double[] norm(String name, double[] x) {
    double mean = 0;
    for (double v : x) {
      mean += v / x.length;
    }
    double variance = 0;
    for (double v : x) {
      variance += (v - mean) * (v - mean) / x.length;
    }
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      double normed = (x[i] - mean) / Math.sqrt(variance + 1e-5);
      y[i] = normed * weights.get(name + ".weight")[i] + weights.get(name + ".bias")[i];
    }
    return y;
  }

  private static void add(double[] to, double[] term) {
    for (int i = 0; i < to.length; i++) {
      to[i] += term[i];
    }
  }
}
