package dev.moonflow.training.network;

import static dev.moonflow.training.network.GoldenPrompts.GOLDEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.conformance.GoldenTensors;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The gate against its golden cases, groups among them, and the balance loss by hand. */
class RouterTest {
  private static final ScalarType F32 = ScalarType.Float;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  private static TextConfig config(JsonNode json) {
    return config(
        json.path("experts").asInt(),
        json.path("top_k").asInt(),
        json.path("n_group").asInt(),
        json.path("topk_group").asInt(),
        json.path("norm_topk_prob").asBoolean(),
        (float) json.path("routed_scaling_factor").asDouble());
  }

  private static TextConfig config(
      int experts, int k, int groups, int keptGroups, boolean normalize, float factor) {
    return new TextConfig(
        10,
        8,
        1,
        1,
        4,
        4,
        2,
        4,
        8,
        4,
        experts,
        k,
        1,
        groups,
        keptGroups,
        normalize,
        factor,
        10_000,
        1e-5f,
        0,
        64,
        false);
  }

  @Test
  void goldenChoicesAndWeights() throws Exception {
    GoldenTensors tensors = GOLDEN.tensors("lm_parts/gate.safetensors");
    int checked = 0;
    for (JsonNode json : GOLDEN.json("lm_parts/gate_cases.json")) {
      if (json.path("ambiguous_ties").asBoolean()) {
        continue;
      }
      String name = json.path("case").asText();
      TextConfig config = config(json);
      int[] shape = tensors.shape(name + ".hidden");
      int k = config.expertsPerToken();
      try (Scope scope = new Scope()) {
        Router.Choice choice =
            new Router(config)
                .choose(
                    Tensors.of(tensors.floats(name + ".hidden"), F32, shape[0], shape[1]),
                    Tensors.of(
                        tensors.floats(name + ".weight"), F32, config.routedExperts(), shape[1]),
                    Tensors.of(tensors.floats(name + ".bias"), F32, config.routedExperts()));
        long[] experts = Tensors.longs(choice.experts());
        float[] weights = Tensors.floats(choice.weights());
        int[] expected = tensors.ints(name + ".indices_sorted");
        float[] expectedWeights = tensors.floats(name + ".weights");
        for (int t = 0; t < shape[0]; t++) {
          for (int i = 0; i < k; i++) {
            int at = indexOf(experts, t * k, k, expected[t * k + i]);
            assertThat(at)
                .as("%s token %d expert %d", name, t, expected[t * k + i])
                .isNotNegative();
            assertThat(weights[at]).isCloseTo(expectedWeights[t * k + i], within(1e-5f));
          }
        }
        assertThat(scope).isNotNull();
      }
      checked++;
    }
    assertThat(checked).isGreaterThanOrEqualTo(10);
  }

  private static int indexOf(long[] values, int from, int count, int wanted) {
    for (int i = from; i < from + count; i++) {
      if (values[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void equalScoresGoToTheLowerIndex() {
    try (Scope scope = new Scope()) {
      Router.Choice choice =
          new Router(config(6, 2, 1, 1, true, 1))
              .choose(Ops.zeros(F32, 3, 8), Ops.zeros(F32, 6, 8), Ops.zeros(F32, 6));
      assertThat(Tensors.longs(choice.experts())).containsExactly(0, 1, 0, 1, 0, 1);
      assertThat(scope).isNotNull();
    }
  }

  @Test
  void balanceLossIsOneWhenBalancedAndLargerWhenNot() {
    double balanced =
        balance(new double[][] {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}});
    double[] same = {1, 0, 0, 0};
    double skewed = balance(new double[][] {same, same, same, same});
    // k = 1: f_i is 4 times the share of tokens at i; P_i the mean of normalised scores.
    double high = 1 / (1 + Math.exp(-1));
    double total = high + 1.5;
    assertThat(balanced).isCloseTo(1, within(1e-6));
    assertThat(skewed).isCloseTo(4 * high / total, within(1e-6));
  }

  private static double balance(double[][] x) {
    try (Scope scope = new Scope()) {
      TextConfig config = config(4, 1, 1, 1, true, 1);
      double[] identity = new double[16];
      for (int i = 0; i < 4; i++) {
        identity[i * 5] = 1;
      }
      Router router = new Router(config);
      Tensor rows =
          Tensors.of(
              Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray(), ScalarType.Double, 4, 4);
      Router.Choice choice =
          router.choose(
              rows, Tensors.of(identity, ScalarType.Double, 4, 4), Ops.zeros(ScalarType.Double, 4));
      Tensor averages = Ops.plus(Ops.zeros(ScalarType.Double, 1, 4), 0.25);
      assertThat(scope).isNotNull();
      return router.balanceLoss(choice, averages).item_double();
    }
  }

  @Test
  void loadCountsEveryChoice() {
    try (Scope scope = new Scope()) {
      Router router = new Router(config(3, 2, 1, 1, true, 1));
      Router.Choice choice =
          router.choose(Ops.zeros(F32, 5, 8), Ops.zeros(F32, 3, 8), Ops.zeros(F32, 3));
      assertThat(router.load(choice)).containsExactly(5, 5, 0);
      ExpertLoad load = new ExpertLoad(new long[][] {{}, router.load(choice)});
      assertThat(load.plus(load).counts()[1]).containsExactly(10, 10, 0);
      assertThat(load.maxViolation()).isCloseTo(0.5, within(1e-12));
      assertThat(scope).isNotNull();
    }
  }
}
