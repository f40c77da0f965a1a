package dev.moonflow.model.language;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.math.Matrix;
import dev.moonflow.kernels.math.WorkerPool;
import dev.moonflow.kernels.routing.MoeRouter;
import dev.moonflow.kernels.routing.Routing;
import dev.moonflow.kernels.routing.RoutingSpec;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.TextConfig;

/**
 * The mixture-of-experts layer (SPEC section 8.4): y = sum over the chosen experts of w_k
 * Expert_k(x) + Shared(x).
 *
 * <p>Tokens are gathered by expert, so that each expert multiplies all of its tokens at once, and
 * its results are added back token by token in the order of the token's choices, best first: so a
 * token's sum does not depend on its neighbours.
 */
final class MixtureOfExperts implements FeedForward {
  private final int layer;
  private final int hidden;
  private final MoeRouter router;
  private final RoutingSpec spec;
  private final Matrix gate; // [E, H]
  private final float[] bias; // [E]
  private final SwiGlu[] experts; // [E], each of width moeIntermediateSize
  private final SwiGlu shared; // of width sharedExperts * moeIntermediateSize

  private MixtureOfExperts(Checkpoint checkpoint, Kernels kernels, int layer) {
    TextConfig c = checkpoint.config().text();
    String prefix = "language_model.model.layers." + layer + ".mlp.";
    this.layer = layer;
    this.hidden = c.hiddenSize();
    this.router = kernels.moeRouter();
    this.spec = spec(c);
    this.gate = checkpoint.matrix(prefix + "gate.weight", c.routedExperts(), hidden);
    this.bias = checkpoint.floats(prefix + "gate.e_score_correction_bias", c.routedExperts());
    this.experts = new SwiGlu[c.routedExperts()];
    for (int e = 0; e < experts.length; e++) {
      String name = prefix + "experts." + e + ".";
      experts[e] = SwiGlu.read(checkpoint, name, c.moeIntermediateSize());
    }
    this.shared =
        SwiGlu.read(
            checkpoint,
            prefix + "shared_experts.",
            Math.multiplyExact(c.sharedExperts(), c.moeIntermediateSize()));
  }

  static MixtureOfExperts read(Checkpoint checkpoint, Kernels kernels, int layer) {
    return new MixtureOfExperts(checkpoint, kernels, layer);
  }

  /** The gate of the configured model. */
  static RoutingSpec spec(TextConfig c) {
    return new RoutingSpec(
        c.routedExperts(),
        c.expertsPerToken(),
        c.groups(),
        c.topKGroups(),
        c.normalizeTopK(),
        c.routedScalingFactor());
  }

  @Override
  public void forward(float[] y, int tokens, float[] z, Probe probe) {
    float[] logits = new float[Math.multiplyExact(tokens, spec.experts())];
    gate.multiply(y, 0, tokens, null, logits, 0);
    Routing routing = router.route(logits, tokens, bias, spec);
    tap(probe, routing, tokens);
    float[] gathered = gather(y, routing); // [T k, H]
    float[] results = new float[gathered.length];
    WorkerPool.shared()
        .forEach(
            spec.experts(),
            3L * gathered.length * experts[0].gate().out(),
            e -> {
              int count = routing.counts()[e];
              if (count > 0) {
                int at = routing.offsets()[e] * hidden;
                experts[e].apply(gathered, at, count, results, at);
              }
            });
    combine(routing, tokens, results, z);
    shared.apply(y, 0, tokens, gathered, 0);
    for (int i = 0; i < tokens * hidden; i++) {
      z[i] += gathered[i];
    }
  }

  /** The rows of the tokens, grouped by expert. */
  private float[] gather(float[] y, Routing routing) {
    int[] permutation = routing.permutation();
    float[] gathered = new float[Math.multiplyExact(permutation.length, hidden)];
    for (int i = 0; i < permutation.length; i++) {
      int token = permutation[i] / spec.topK();
      System.arraycopy(y, token * hidden, gathered, i * hidden, hidden);
    }
    return gathered;
  }

  /** z = sum over a token's choices, best first, of weight times result. */
  private void combine(Routing routing, int tokens, float[] results, float[] z) {
    int[] rowOfChoice = new int[routing.permutation().length];
    for (int i = 0; i < rowOfChoice.length; i++) {
      rowOfChoice[routing.permutation()[i]] = i;
    }
    for (int t = 0; t < tokens; t++) {
      for (int slot = 0; slot < spec.topK(); slot++) {
        int choice = t * spec.topK() + slot;
        float weight = routing.weights()[choice];
        int from = rowOfChoice[choice] * hidden;
        int to = t * hidden;
        for (int i = 0; i < hidden; i++) {
          float before = slot == 0 ? 0f : z[to + i];
          z[to + i] = Math.fma(weight, results[from + i], before);
        }
      }
    }
  }

  /** Hands over {@code gate.LAYER.experts} (numbers as floats) and {@code gate.LAYER.weights}. */
  private void tap(Probe probe, Routing routing, int tokens) {
    if (probe == Probe.NONE) {
      return;
    }
    float[] chosen = new float[tokens * spec.topK()];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = routing.experts()[i];
    }
    probe.tensor("gate." + layer + ".experts", chosen, tokens, spec.topK());
    probe.tensor("gate." + layer + ".weights", routing.weights(), tokens, spec.topK());
  }
}
