package dev.moonflow.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MuonGoldenTest {

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  static List<JsonNode> cases() throws IOException {
    JsonNode all = Golden.json("muon_adamw.json").get("muon");
    return StreamSupport.stream(all.spliterator(), false).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threeStepsInFloatMatchTheReference(JsonNode golden) {
    threeSteps(golden, NewtonSchulz.Format.F64, ScalarType.Float, "", 1e-4);
    threeSteps(golden, NewtonSchulz.Format.F32, ScalarType.Float, "", 1e-4);
    threeSteps(golden, NewtonSchulz.Format.F64, ScalarType.Double, "", 1e-4);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threeStepsInBrainFloatMatchThePublishedClass(JsonNode golden) {
    threeSteps(golden, NewtonSchulz.Format.BF16, ScalarType.Float, "_bf16_reference", 0.15);
    threeSteps(golden, NewtonSchulz.Format.F32, ScalarType.Float, "_bf16_reference", 0.15);
  }

  private static void threeSteps(
      JsonNode golden,
      NewtonSchulz.Format format,
      ScalarType storage,
      String reference,
      double tolerance) {
    String name = golden.get("case").asText();
    MuonRule rule =
        new MuonRule(
            golden.get("momentum").asDouble(),
            golden.get("nesterov").asBoolean(),
            golden.get("weight_decay").asDouble(),
            0.2,
            new NewtonSchulz(golden.get("ns_steps").asInt(), format));
    OptimizerSettings settings =
        new OptimizerSettings(rule, AdamWRule.published(), ParameterGroups.standard(), 0);
    double lr = golden.get("lr").asDouble();
    double allowed = tolerance * lr * golden.get("update_scale").asDouble();
    try (Scope scope = new Scope();
        Golden values = new Golden()) {
      Parameters parameters = new Parameters();
      Tensor weight = Tensors.leaf(values.tensor(name + ".p0", storage));
      parameters.add("layer.weight", weight);
      try (Optimizer optimizer = settings.create(parameters)) {
        for (int step = 1; step <= 3; step++) {
          weight.mutable_grad().put(values.tensor(name + ".grad" + step, storage));
          optimizer.step(lr);
          // The published class's weights were all stored after its third step.
          if (step == 3 || reference.isEmpty()) {
            float[] expected = values.floats(name + ".param" + step + reference);
            assertThat(Golden.largestDifference(Tensors.floats(weight), expected))
                .as("%s step %d in %s", name, step, format)
                // Each step rounds the weights to float32, by half a unit in the last place.
                .isLessThan(allowed + step * 1.2e-7 * largest(expected));
          }
          float[] momentum = Tensors.floats(optimizer.state().get("layer.weight.momentum"));
          assertThat(Golden.largestDifference(momentum, values.floats(name + ".momentum" + step)))
              .isLessThan(1e-6);
        }
      }
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOrthogonalisedMomentumMatches(JsonNode golden) {
    String name = golden.get("case").asText();
    try (Scope scope = new Scope();
        Golden values = new Golden()) {
      for (int step = 1; step <= 3; step++) {
        Tensor input = values.tensor(name + ".ns_input" + step, ScalarType.Float).unsqueeze(0);
        float[] found =
            Tensors.floats(new NewtonSchulz(5, NewtonSchulz.Format.F32).orthogonalize(input));
        float[] expected = values.floats(name + ".orthogonalized" + step);
        assertThat(Golden.largestDifference(found, expected)).isLessThan(5e-5);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,1", "0,2", "0,3", "0,4", "0,5", "0,10", "1,1", "1,3", "1,5", "1,10", "2,5", "2,10"
  })
  void everyIterateMatches(int matrix, int rounds) {
    try (Scope scope = new Scope();
        Golden values = new Golden()) {
      Tensor input = values.tensor("ns" + matrix + ".in", ScalarType.Float).unsqueeze(0);
      float[] found =
          Tensors.floats(new NewtonSchulz(rounds, NewtonSchulz.Format.F64).orthogonalize(input));
      float[] expected = values.floats("ns" + matrix + ".steps" + rounds);
      assertThat(Golden.largestDifference(found, expected)).isLessThan(1e-6);
    }
  }

  @ParameterizedTest
  @EnumSource(NewtonSchulz.Format.class)
  void aStackGivesWhatItsMatricesGiveOneByOne(NewtonSchulz.Format format) {
    NewtonSchulz iteration = new NewtonSchulz(5, format);
    try (Scope scope = new Scope();
        Golden values = new Golden()) {
      List<Tensor> matrices =
          List.of(
              values.tensor("muon4.grad1", ScalarType.Float),
              values.tensor("muon4.grad2", ScalarType.Float),
              values.tensor("muon4.grad3", ScalarType.Float));
      Tensor stack = iteration.orthogonalize(Ops.stack(matrices, 0));
      for (int i = 0; i < matrices.size(); i++) {
        Tensor single = iteration.orthogonalize(matrices.get(i).unsqueeze(0));
        assertThat(Tensors.floats(stack.select(0, i))).containsExactly(Tensors.floats(single));
      }
    }
  }
}
