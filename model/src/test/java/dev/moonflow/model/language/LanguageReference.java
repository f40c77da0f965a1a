package dev.moonflow.model.language;

import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.TextConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The whole language model as SPEC section 8 writes it down, in double, one token at a time: the
 * plain twin of {@link LanguageModel}. Only attention is {@link MlaReference}.
 */
final class LanguageReference {
  private final Checkpoint checkpoint;
  private final TextConfig c;
  private final Map<String, float[]> matrices = new HashMap<>();

  LanguageReference(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.c = checkpoint.config().text();
  }

  /** Logits [T, V] of embeddings [T, H]. */
  float[] forward(float[] embeddings, int tokens) {
    float[] x = embeddings.clone();
    for (int layer = 0; layer < c.layers(); layer++) {
      String prefix = "language_model.model.layers." + layer + ".";
      float[] normed = norm(x, tokens, prefix + "input_layernorm.weight");
      add(x, new MlaReference(checkpoint, layer).forward(normed, tokens).output());
      normed = norm(x, tokens, prefix + "post_attention_layernorm.weight");
      for (int t = 0; t < tokens; t++) {
        double[] y = row(normed, t);
        double[] z =
            layer < c.firstDenseLayers()
                ? mlp(prefix + "mlp.", c.intermediateSize(), y)
                : experts(prefix + "mlp.", y);
        for (int i = 0; i < c.hiddenSize(); i++) {
          x[t * c.hiddenSize() + i] += (float) z[i];
        }
      }
    }
    float[] normed = norm(x, tokens, "language_model.model.norm.weight");
    String head =
        c.tiedEmbeddings()
            ? "language_model.model.embed_tokens.weight"
            : "language_model.lm_head.weight";
    float[] logits = new float[tokens * c.vocabSize()];
    for (int t = 0; t < tokens; t++) {
      double[] y = linear(head, c.vocabSize(), row(normed, t));
      for (int i = 0; i < y.length; i++) {
        logits[t * c.vocabSize() + i] = (float) y[i];
      }
    }
    return logits;
  }

  /** sum of w_k Expert_k(y) over the chosen experts, and the shared experts. */
  private double[] experts(String prefix, double[] y) {
    int count = c.routedExperts();
    double[] s = linear(prefix + "gate.weight", count, y);
    float[] bias = checkpoint.floats(prefix + "gate.e_score_correction_bias", count);
    double[] biased = new double[count];
    for (int e = 0; e < count; e++) {
      s[e] = 1 / (1 + Math.exp(-s[e]));
      biased[e] = s[e] + bias[e];
    }
    int size = count / c.groups();
    double[] groupScores =
        IntStream.range(0, c.groups())
            .mapToDouble(
                g -> {
                  int[] best =
                      largest(
                          java.util.Arrays.copyOfRange(biased, g * size, (g + 1) * size),
                          Math.min(2, size));
                  return IntStream.of(best).mapToDouble(i -> biased[g * size + i]).sum();
                })
            .toArray();
    int[] kept = largest(groupScores, c.topKGroups());
    for (int e = 0; e < count; e++) {
      int group = e / size;
      if (c.groups() > 1 && IntStream.of(kept).noneMatch(g -> g == group)) {
        biased[e] = Double.NEGATIVE_INFINITY;
      }
    }
    int[] chosen = largest(biased, c.expertsPerToken());
    double sum = IntStream.of(chosen).mapToDouble(e -> s[e]).sum() + 1e-20;
    boolean normalize = c.normalizeTopK() && c.expertsPerToken() > 1;
    double[] z = mlp(prefix + "shared_experts.", c.sharedExperts() * c.moeIntermediateSize(), y);
    for (int e : chosen) {
      double weight = (normalize ? s[e] / sum : s[e]) * c.routedScalingFactor();
      double[] one = mlp(prefix + "experts." + e + ".", c.moeIntermediateSize(), y);
      for (int i = 0; i < z.length; i++) {
        z[i] += weight * one[i];
      }
    }
    return z;
  }

  private double[] mlp(String prefix, int width, double[] y) {
    double[] gate = linear(prefix + "gate_proj.weight", width, y);
    double[] up = linear(prefix + "up_proj.weight", width, y);
    for (int i = 0; i < width; i++) {
      gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
    }
    return linear(prefix + "down_proj.weight", c.hiddenSize(), gate);
  }

  private float[] norm(float[] x, int tokens, String name) {
    int h = c.hiddenSize();
    float[] weight = checkpoint.floats(name, h);
    float[] y = new float[tokens * h];
    for (int t = 0; t < tokens; t++) {
      double squares = 0;
      for (double v : row(x, t)) {
        squares += v * v;
      }
      for (int i = 0; i < h; i++) {
        y[t * h + i] = (float) (x[t * h + i] / Math.sqrt(squares / h + c.rmsNormEps()) * weight[i]);
      }
    }
    return y;
  }

  private double[] linear(String name, int out, double[] x) {
    float[] w = matrices.computeIfAbsent(name, n -> checkpoint.floats(n, out, x.length));
    double[] y = new double[out];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += w[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private double[] row(float[] values, int row) {
    int h = c.hiddenSize();
    return IntStream.range(row * h, (row + 1) * h).mapToDouble(i -> values[i]).toArray();
  }

  private static int[] largest(double[] values, int count) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Double.compare(values[b], values[a]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static void add(float[] x, float[] z) {
    for (int i = 0; i < x.length; i++) {
      x[i] += z[i];
    }
  }
}
