package dev.moonflow.kernels.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.kernels.Golden;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GateGoldenTest {
  private static final Golden GATE = Golden.open("lm_parts/gate.safetensors");

  static Stream<JsonNode> cases() throws IOException {
    return new ObjectMapper()
        .readTree(Golden.path("lm_parts/gate_cases.json").toFile())
        .valueStream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void choosesAndWeighsAsTheReferenceModel(JsonNode c) {
    RoutingSpec spec =
        new RoutingSpec(
            c.get("experts").asInt(),
            c.get("top_k").asInt(),
            c.get("n_group").asInt(),
            c.get("topk_group").asInt(),
            c.get("norm_topk_prob").asBoolean(),
            (float) c.get("routed_scaling_factor").asDouble());
    String name = c.get("case").asText();
    int tokens = c.get("tokens").asInt();
    Routing routing =
        new CpuMoeRouter().route(logits(name, c), tokens, GATE.floats(name + ".bias"), spec);

    assertThat(routing.scores()).containsExactly(GATE.floats(name + ".scores"), within(1e-6f));
    int k = spec.topK();
    int[] order = sortedChoices(routing.experts(), k);
    int[] wantExperts = GATE.ints(name + ".indices_sorted");
    float[] wantWeights = GATE.floats(name + ".weights");
    for (int i = 0; i < order.length; i++) {
      if (!c.get("ambiguous_ties").asBoolean()) {
        assertThat(routing.experts()[order[i]]).isEqualTo(wantExperts[i]);
      }
      assertThat(routing.weights()[order[i]]).isCloseTo(wantWeights[i], within(1e-5f));
    }
  }

  /** Choice numbers with each token's experts in ascending order. */
  private static int[] sortedChoices(int[] experts, int k) {
    Integer[] order = new Integer[experts.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order, (a, b) -> a / k != b / k ? a / k - b / k : Integer.compare(experts[a], experts[b]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /** Hidden states times the gate's weight, in double. */
  private static float[] logits(String name, JsonNode c) {
    float[] hidden = GATE.floats(name + ".hidden");
    float[] weight = GATE.floats(name + ".weight");
    int h = c.get("hidden").asInt();
    int e = c.get("experts").asInt();
    float[] logits = new float[c.get("tokens").asInt() * e];
    for (int i = 0; i < logits.length; i++) {
      double sum = 0;
      for (int j = 0; j < h; j++) {
        sum += (double) hidden[i / e * h + j] * weight[i % e * h + j];
      }
      logits[i] = (float) sum;
    }
    return logits;
  }
}
