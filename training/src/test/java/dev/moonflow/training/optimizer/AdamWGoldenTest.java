package dev.moonflow.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.io.IOException;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamWGoldenTest {

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamw0", "adamw1"})
  void threeStepsMatchTheReference(String name) throws IOException {
    JsonNode golden = Golden.json("muon_adamw.json").get("adamw");
    AdamWRule rule =
        new AdamWRule(
            golden.get("betas").get(0).asDouble(),
            golden.get("betas").get(1).asDouble(),
            golden.get("eps").asDouble(),
            golden.get("weight_decay").asDouble());
    OptimizerSettings settings =
        new OptimizerSettings(
            MuonRule.published(NewtonSchulz.Format.F32), rule, ParameterGroups.adamwOnly(), 0);
    try (Scope scope = new Scope();
        Golden values = new Golden()) {
      Parameters parameters = new Parameters();
      Tensor weight = Tensors.leaf(values.tensor(name + ".p0", ScalarType.Float));
      parameters.add("weight", weight);
      try (Optimizer optimizer = settings.create(parameters)) {
        for (int step = 1; step <= 3; step++) {
          weight.mutable_grad().put(values.tensor(name + ".grad" + step, ScalarType.Float));
          optimizer.step(golden.get("lr").asDouble());
        }
        // All three stored results are the weights after the third step.
        float[] expected = values.floats(name + ".param3");
        assertThat(values.floats(name + ".param1")).containsExactly(expected);
        assertThat(Golden.largestDifference(Tensors.floats(weight), expected)).isLessThan(2e-7);
      }
    }
  }
}
