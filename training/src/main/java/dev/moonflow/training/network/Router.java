package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The sigmoid gate (SPEC section 8.4), in the storage format whatever the products run in. Which
 * experts are chosen has no gradient; their weights have.
 */
final class Router {
  /**
   * What the gate decided for n tokens.
   *
   * @param experts [n, k] chosen experts, the best first
   * @param weights [n, k] their weights
   * @param scores [n, E] sigmoid scores without bias
   */
  record Choice(Tensor experts, Tensor weights, Tensor scores) {}

  private final TextConfig config;

  Router(TextConfig config) {
    this.config = config;
  }

  /**
   * Chooses.
   *
   * @param x [n, H]
   * @param weight [E, H]
   * @param bias [E] correction bias: steers the choice only
   */
  Choice choose(Tensor x, Tensor weight, Tensor bias) {
    Tensor scores = Ops.sigmoid(Ops.linear(x, weight, Ops.type(x)));
    Tensor experts = select(scores, bias);
    Tensor weights = Ops.gatherLast(scores, experts);
    if (config.expertsPerToken() > 1 && config.normalizeTopK()) {
      weights = weights.div(Ops.plus(Ops.sum(weights, -1, true), 1e-20));
    }
    return new Choice(experts, Ops.scale(weights, config.routedScalingFactor()), scores);
  }

  /** The k largest biased scores of the kept groups; equal scores go to the lower index. */
  private Tensor select(Tensor scores, Tensor bias) {
    try (NoGradient off = new NoGradient();
        Scope scope = new Scope()) {
      Tensor biased = scores.detach().add(bias);
      if (config.groups() > 1) {
        biased = biased.masked_fill(discarded(biased), new Scalar(Double.NEGATIVE_INFINITY));
      }
      Tensor order = Ops.argsortDescending(biased);
      return scope.keep(order.narrow(1, 0, config.expertsPerToken()).contiguous());
    }
  }

  /** [n, E] true where the expert's group is not among the best by the sum of its two largest. */
  private Tensor discarded(Tensor biased) {
    long tokens = biased.size(0);
    long groups = config.groups();
    long size = config.routedExperts() / groups;
    Tensor grouped = biased.reshape(tokens, groups, size);
    Tensor best = Ops.gatherLast(grouped, Ops.argsortDescending(grouped)).narrow(2, 0, 2);
    Tensor order = Ops.argsortDescending(Ops.sum(best, 2, false));
    // Rank of each group: the position at which it stands in the order.
    Tensor rank = order.argsort(-1, false);
    Tensor out = rank.ge(new Scalar((long) config.topKGroups()));
    return out.unsqueeze(2).expand(tokens, groups, size).reshape(tokens, groups * size);
  }

  /**
   * The sequence-wise balance loss of one layer: mean over segments of sum_i f_i P_i, with f_i = E
   * / (k n) times the choices of expert i and P_i the mean of its score's share.
   *
   * @param averages [S, n] row s has 1 / length at the tokens of segment s
   */
  Tensor balanceLoss(Choice choice, Tensor averages) {
    int experts = config.routedExperts();
    Tensor share = choice.scores.div(Ops.plus(Ops.sum(choice.scores, -1, true), 1e-20));
    Tensor chosen;
    try (NoGradient off = new NoGradient();
        Scope scope = new Scope()) {
      Tensor ones = Ops.plus(Ops.zeros(Ops.type(share), choice.experts.shape()), 1);
      Tensor counts =
          Ops.zeros(Ops.type(share), share.shape()).scatter_add(-1, choice.experts, ones);
      double factor = (double) experts / config.expertsPerToken();
      chosen = scope.keep(Ops.scale(averages.matmul(counts), factor));
    }
    Tensor perSegment = Ops.sum(chosen.mul(averages.matmul(share)), -1, false);
    return Ops.mean(perSegment, 0, false);
  }

  /** Choices of each expert. */
  long[] load(Choice choice) {
    long[] counts = new long[config.routedExperts()];
    for (long expert : Tensors.longs(choice.experts)) {
      counts[(int) expert]++;
    }
    return counts;
  }

  /** Names that a layer's gate has in the checkpoint: weight, correction bias. */
  static List<String> names(int layer) {
    String gate = "language_model.model.layers." + layer + ".mlp.gate.";
    return List.of(gate + "weight", gate + "e_score_correction_bias");
  }
}
