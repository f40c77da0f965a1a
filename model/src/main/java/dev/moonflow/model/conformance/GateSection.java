package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.math.Matrices;
import dev.moonflow.kernels.routing.Routing;
import dev.moonflow.kernels.routing.RoutingSpec;
import java.io.IOException;

/** The MoE gate on cases of its own: scores, chosen experts, weights. */
final class GateSection implements Section {
  private static final String CASES = "lm_parts/gate_cases.json";
  private static final String TENSORS = "lm_parts/gate.safetensors";

  @Override
  public String name() {
    return "gate";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    if (!golden.hasAll(report, CASES, TENSORS)) {
      return;
    }
    GoldenTensors expected = golden.tensors(TENSORS);
    for (JsonNode json : golden.json(CASES)) {
      compare(json, expected, kernels, report);
    }
  }

  private static void compare(
      JsonNode json, GoldenTensors expected, Kernels kernels, Report report) {
    String name = json.path("case").asText();
    RoutingSpec spec =
        new RoutingSpec(
            json.path("experts").asInt(),
            json.path("top_k").asInt(),
            json.path("n_group").asInt(),
            json.path("topk_group").asInt(),
            json.path("norm_topk_prob").asBoolean(),
            (float) json.path("routed_scaling_factor").asDouble());
    int[] shape = expected.shape(name + ".hidden"); // [T, H]
    int tokens = shape[0];
    float[] logits = new float[tokens * spec.experts()];
    Matrices.ofFloats(expected.floats(name + ".weight"), spec.experts(), shape[1])
        .multiply(expected.floats(name + ".hidden"), 0, tokens, null, logits, 0);
    float[] bias = expected.floats(name + ".bias");
    Routing routing = kernels.moeRouter().route(logits, tokens, bias, spec);

    float[] scores = expected.floats(name + ".scores");
    report.close(name + " scores", routing.scores(), scores, Tolerances.GATE_SCORES);
    ExpertChoice actual =
        ExpertChoice.of(routing.experts(), routing.weights(), tokens, spec.topK());
    ExpertChoice wanted =
        ExpertChoice.of(
            expected.ints(name + ".indices_sorted"),
            expected.floats(name + ".weights"),
            tokens,
            spec.topK());
    if (json.path("ambiguous_ties").asBoolean()) {
      actual = actual.withTiesOf(wanted, scores, bias, spec.experts());
    }
    report.exact(name + " experts", actual.experts(), wanted.experts());
    report.close(name + " weights", actual.weights(), wanted.weights(), Tolerances.GATE_WEIGHTS);
  }
}
