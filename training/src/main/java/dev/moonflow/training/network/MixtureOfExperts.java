package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Routed and shared experts with gradients (SPEC section 8.4). Tokens are sorted by expert, each
 * expert runs once on its rows, results return weighted. No capacity, no dropped token.
 */
final class MixtureOfExperts {
  /**
   * What a layer gives.
   *
   * @param y [n, H]
   * @param balanceLoss scalar
   * @param load choices of each expert
   */
  record Result(Tensor y, Tensor balanceLoss, long[] load) {}

  private final TextConfig config;
  private final Parameters parameters;
  private final SwiGlu feedForward;
  private final Router router;

  MixtureOfExperts(TextConfig config, Parameters parameters, Precision precision) {
    this.config = config;
    this.parameters = parameters;
    this.feedForward = new SwiGlu(parameters, precision);
    this.router = new Router(config);
  }

  /**
   * Runs a layer's experts.
   *
   * @param layer index of the layer
   * @param x [n, H] normed input
   * @param averages [S, n], see {@link Router#balanceLoss}
   */
  Result apply(int layer, Tensor x, Tensor averages) {
    List<String> gate = Router.names(layer);
    Router.Choice choice =
        router.choose(x, parameters.get(gate.get(0)), parameters.get(gate.get(1)));
    long[] load = router.load(choice);
    String mlp = "language_model.model.layers." + layer + ".mlp.";

    // Pairs (token, choice) sorted by expert; equal experts in token order.
    Tensor order = Ops.argsortStable(choice.experts().reshape(-1));
    int k = config.expertsPerToken();
    Tensor tokens = Tensors.indices(divided(Tensors.longs(order), k));
    Tensor gathered = Ops.rows(x, tokens);
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> inputs = Ops.split(gathered, 0, load);
    for (int e = 0; e < load.length; e++) {
      if (load[e] > 0) {
        outputs.add(feedForward.apply(mlp + "experts." + e + ".", inputs.get(e)));
      }
    }
    Tensor weights = choice.weights().reshape(-1).index_select(0, order).unsqueeze(1);
    Tensor routed = Ops.scatterRows(Ops.cat(outputs, 0).mul(weights), tokens, x.size(0));
    Tensor y = routed.add(feedForward.apply(mlp + "shared_experts.", x));
    return new Result(y, router.balanceLoss(choice, averages), load);
  }

  private static int[] divided(long[] pairs, int k) {
    int[] tokens = new int[pairs.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) (pairs[i] / k);
    }
    return tokens;
  }
}
