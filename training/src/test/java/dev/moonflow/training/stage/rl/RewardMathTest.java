package dev.moonflow.training.stage.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.model.conformance.GoldenFolder;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rewards, coefficients and draws against the golden numbers. */
class RewardMathTest {
  private static JsonNode golden;

  @BeforeAll
  static void read() throws Exception {
    Ops.threads(1);
    golden =
        new GoldenFolder(Path.of(System.getProperty("moonflow.golden.training.dir")))
            .json("training/training_math.json");
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  @Test
  void coefficientsAreTheGoldenOnes() {
    JsonNode node = golden.path("policy_mirror_descent");
    double[] advantages = MirrorDescent.advantages(doubles(node.path("rewards")));
    assertThat(advantages).containsExactly(doubles(node.path("advantage")), within(1e-12));
    assertThat(
            MirrorDescent.coefficients(
                advantages,
                doubles(node.path("logp_policy")),
                doubles(node.path("logp_reference")),
                node.path("tau").doubleValue()))
        .containsExactly(doubles(node.path("coefficient_of_grad_logp")), within(1e-12));
  }

  @Test
  void theLossDescendsAlongTheCoefficients() {
    JsonNode node = golden.path("policy_mirror_descent");
    try (Scope scope = new Scope()) {
      assertThat(scope).isNotNull();
      Tensor policy = Tensors.leaf(tensor(doubles(node.path("logp_policy"))));
      Tensor reference = tensor(doubles(node.path("logp_reference")));
      Tensor advantages = tensor(doubles(node.path("advantage")));
      MirrorDescent.loss(policy, reference, advantages, 0.1).backward();
      double[] ascent = Tensors.doubles(policy.grad().neg());
      assertThat(ascent)
          .containsExactly(doubles(node.path("coefficient_of_grad_logp")), within(1e-12));
    }
  }

  @Test
  void lengthRewardsAreTheGoldenOnes() {
    JsonNode node = golden.path("length_reward");
    double[] lengths = doubles(node.path("lengths"));
    double[] correct = doubles(node.path("correct"));
    int[] tokens = new int[lengths.length];
    boolean[] right = new boolean[lengths.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) lengths[i];
      right[i] = correct[i] == 1;
    }
    assertThat(LengthReward.of(tokens, right))
        .containsExactly(doubles(node.path("reward")), within(1e-12));
    assertThat(LengthReward.of(new int[] {7, 7, 7}, new boolean[] {true, false, true}))
        .containsExactly(doubles(node.path("equal_lengths_reward")), within(0.0));
  }

  @Test
  void samplingProbabilitiesAreTheGoldenOnes() {
    JsonNode node = golden.path("prioritized_sampling");
    assertThat(PrioritizedSampling.probabilities(doubles(node.path("success_rates"))))
        .containsExactly(doubles(node.path("probabilities")), within(1e-12));
    assertThat(PrioritizedSampling.probabilities(new double[] {1, 1})).containsExactly(0.5, 0.5);
  }

  @Test
  void drawsFollowTheProbabilitiesAndNeverRepeat() {
    double[] probabilities = {0.5, 0.3, 0.2, 0};
    Map<Integer, Integer> first = new HashMap<>();
    for (int key = 0; key < 20_000; key++) {
      List<Integer> drawn = PrioritizedSampling.draw(probabilities, 4, key);
      assertThat(drawn).containsExactlyInAnyOrder(0, 1, 2, 3).endsWith(3);
      first.merge(drawn.get(0), 1, Integer::sum);
    }
    assertThat(first.get(0) / 20_000.0).isCloseTo(0.5, within(0.02));
    assertThat(first.get(1) / 20_000.0).isCloseTo(0.3, within(0.02));
    assertThat(PrioritizedSampling.draw(probabilities, 2, 9))
        .isEqualTo(PrioritizedSampling.draw(probabilities, 4, 9).subList(0, 2));
  }

  @Test
  void theCurriculumOpensFromTheEasiestToAll() {
    Curriculum curriculum = new Curriculum(0.25, 4);
    assertThat(curriculum.open(1, 100, 8)).isEqualTo(25);
    assertThat(curriculum.open(3, 100, 8)).isEqualTo(63);
    assertThat(curriculum.open(5, 100, 8)).isEqualTo(100);
    assertThat(curriculum.open(99, 100, 8)).isEqualTo(100);
    assertThat(curriculum.open(1, 100, 40)).isEqualTo(40);
    assertThat(curriculum.open(1, 10, 40)).isEqualTo(10);
    assertThat(new Curriculum(0.5, 0).open(1, 10, 2)).isEqualTo(10);
  }

  private static Tensor tensor(double[] values) {
    return Tensors.of(values, ScalarType.Double, values.length);
  }
}
