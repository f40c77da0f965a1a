package dev.moonflow.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.InPlace;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CombinedOptimizerTest {
  private Scope scope;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  @BeforeEach
  void open() {
    scope = new Scope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor random(long seed, double size, long... shape) {
    long count = 1;
    for (long dimension : shape) {
      count *= dimension;
    }
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (size * (random.nextDouble() - 0.5));
    }
    return Tensors.of(values, ScalarType.Float, shape);
  }

  /** A small model's list: equal matrices, others, a table, vectors, a fixed bias. */
  private static Parameters parameters() {
    Parameters parameters = new Parameters();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("model.embed_tokens.weight", new long[] {10, 6});
    for (int e = 0; e < 4; e++) {
      shapes.put("experts." + e + ".up_proj.weight", new long[] {8, 6});
      shapes.put("experts." + e + ".down_proj.weight", new long[] {6, 8});
    }
    shapes.put("norm.weight", new long[] {6});
    shapes.put("gate.e_score_correction_bias", new long[] {4});
    int seed = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      parameters.add(entry.getKey(), Tensors.leaf(random(seed++, 1, entry.getValue())));
    }
    return parameters;
  }

  private static void gradients(Parameters parameters, long step) {
    int seed = 0;
    for (String name : parameters.names()) {
      Tensor tensor = parameters.get(name);
      tensor.mutable_grad().put(random(1000 * step + seed++, 0.1, tensor.shape()));
    }
  }

  private static OptimizerSettings settings(double gradientNormMax) {
    OptimizerSettings standard = OptimizerSettings.standard();
    return new OptimizerSettings(
        standard.muon(), standard.adamw(), standard.groups(), gradientNormMax);
  }

  @Test
  void stoppingAndRestoringChangesNoBit() {
    Parameters whole = parameters();
    Parameters stopped = parameters();
    Optimizer first = settings(1).create(whole);
    Optimizer second = settings(1).create(stopped);
    for (int step = 1; step <= 6; step++) {
      gradients(whole, step);
      first.step(0.01);
      gradients(stopped, step);
      if (step == 4) {
        Map<String, Tensor> saved = new LinkedHashMap<>();
        second.state().forEach((name, tensor) -> saved.put(name, tensor.clone()));
        second.close();
        second = settings(1).create(stopped);
        second.restore(saved);
      }
      second.step(0.01);
    }
    for (String name : whole.names()) {
      assertThat(Tensors.floats(stopped.get(name)))
          .as(name)
          .containsExactly(Tensors.floats(whole.get(name)));
    }
    assertThat(second.state().keySet()).containsExactlyElementsOf(first.state().keySet());
    first.close();
    second.close();
  }

  @Test
  void aParameterWithoutAGradientIsLeftAlone() {
    Parameters parameters = parameters();
    try (Optimizer optimizer = settings(0).create(parameters)) {
      gradients(parameters, 1);
      String idle = "experts.2.up_proj.weight";
      parameters.get(idle).mutable_grad().reset();
      parameters.get("norm.weight").mutable_grad().reset();
      Parameters before = parameters();
      optimizer.step(0.1);
      for (String name : parameters.names()) {
        boolean moved = !name.equals(idle) && !name.equals("norm.weight") && !name.contains("bias");
        assertThat(
                Golden.largestDifference(
                        Tensors.floats(parameters.get(name)), Tensors.floats(before.get(name)))
                    > 0)
            .as(name)
            .isEqualTo(moved);
      }
      assertThat(Tensors.floats(optimizer.state().get("norm.weight.steps"))).containsExactly(0f);
    }
  }

  @Test
  void aFusedMatrixMayBeSplitAndRateAndDecayBeChanged() {
    Parameters parameters = new Parameters();
    Tensor weight = Tensors.leaf(random(1, 1, 6, 4));
    parameters.add("wqkv.weight", weight);
    Tensor gradient = random(2, 1, 6, 4);
    weight.mutable_grad().put(gradient);
    float[] before = Tensors.floats(weight);
    MuonRule rule = MuonRule.published(NewtonSchulz.Format.F32);
    OptimizerSettings split =
        new OptimizerSettings(
            rule,
            AdamWRule.published(),
            new ParameterGroups(List.of(new GroupPattern("*", Method.MUON, 0.5, 0, 3))),
            0);
    try (Optimizer optimizer = split.create(parameters)) {
      optimizer.step(0.1);
    }
    float[] after = Tensors.floats(weight);
    for (int block = 0; block < 3; block++) {
      Tensor rows = Ops.scale(gradient.narrow(0, 2L * block, 2), 1.95).unsqueeze(0);
      float[] turned = Tensors.floats(rule.newtonSchulz().orthogonalize(rows));
      for (int i = 0; i < 8; i++) {
        double expected = before[8 * block + i] - 0.05 * 0.2 * Math.sqrt(4) * turned[i];
        assertThat((double) after[8 * block + i]).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void theGradientIsClippedByItsWholeNorm() {
    Parameters parameters = parameters();
    gradients(parameters, 1);
    double squares = 0;
    for (String name : parameters.names()) {
      if (!name.contains("correction_bias")) {
        for (float value : Tensors.floats(parameters.get(name).grad())) {
          squares += (double) value * value;
        }
      }
    }
    try (Optimizer optimizer = settings(0.01).create(parameters)) {
      assertThat(optimizer.gradientNorm()).isNaN();
      optimizer.step(0.01);
      assertThat(optimizer.gradientNorm()).isCloseTo(Math.sqrt(squares), within(1e-9));
      List<String> moved = settings(0.01).updatedNames(parameters);
      assertThat(GradientNorm.of(parameters, moved)).isCloseTo(0.01, within(1e-8));
    }
  }

  @Test
  void theNormOfALargeTensorIsSummedInAFixedOrder() {
    Tensor large = random(3, 2, 70_001);
    double squares = 0;
    for (float value : Tensors.floats(large)) {
      squares += (double) value * value;
    }
    double one = GradientNorm.squares(large);
    Ops.threads(2);
    double two = GradientNorm.squares(large);
    Ops.threads(1);
    assertThat(one).isCloseTo(squares, within(1e-8)).isEqualTo(two);
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    Parameters parameters = parameters();
    try (Optimizer optimizer = settings(1).create(parameters)) {
      gradients(parameters, 1);
      InPlace.scale(parameters.get("norm.weight").grad(), Double.NaN);
      assertThatThrownBy(() -> optimizer.step(0.1))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage(
              "the gradient's norm is NaN; the update was refused, no parameter has changed");
      Parameters before = parameters();
      for (String name : parameters.names()) {
        assertThat(Tensors.floats(parameters.get(name)))
            .containsExactly(Tensors.floats(before.get(name)));
      }
    }
  }

  @Test
  void stateThatDoesNotFitIsRefusedByName() {
    Parameters parameters = parameters();
    try (Optimizer optimizer = settings(1).create(parameters)) {
      Map<String, Tensor> state = new LinkedHashMap<>(optimizer.state());
      state.remove("norm.weight.second_moment");
      assertThatThrownBy(() -> optimizer.restore(state))
          .hasMessage("saved optimizer state lacks norm.weight.second_moment");
      Map<String, Tensor> other = new LinkedHashMap<>(optimizer.state());
      other.put("experts.0.up_proj.weight.momentum", random(1, 1, 6, 8));
      assertThatThrownBy(() -> optimizer.restore(other))
          .hasMessageContaining("experts.0.up_proj.weight.momentum has shape [6, 8]");
    }
  }

  @Test
  void muonHoldsOneBufferWhereAdamWHoldsTwo() {
    Parameters parameters = parameters();
    long matrices = 4 * 2 * 48;
    long others = 60 + 6;
    try (Optimizer muon = settings(1).create(parameters);
        Optimizer adamw = OptimizerSettings.adamwOnly().create(parameters)) {
      assertThat(muon.stateBytes()).isEqualTo(4 * matrices + 8 * others + 4 * 2);
      assertThat(adamw.stateBytes()).isEqualTo(8 * (matrices + others) + 4 * 10);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLossOfASmallProblemFalls(boolean muon) {
    Tensor x = random(11, 2, 64, 12);
    Tensor y = random(12, 2, 12, 8);
    Tensor target = Ops.silu(x.matmul(y));
    Parameters parameters = new Parameters();
    parameters.add("in.weight", Tensors.leaf(random(13, 0.5, 16, 12)));
    parameters.add("out.weight", Tensors.leaf(random(14, 0.5, 8, 16)));
    parameters.add("out.bias", Tensors.leaf(random(15, 0.5, 8)));
    ToDoubleFunction<Boolean> loss =
        backward -> {
          try (Scope inner = new Scope()) {
            Tensor hidden = Ops.silu(Ops.linear(x, parameters.get("in.weight"), ScalarType.Float));
            Tensor out =
                Ops.linear(
                    hidden,
                    parameters.get("out.weight"),
                    parameters.get("out.bias"),
                    ScalarType.Float);
            Tensor error = out.sub(target).square().mean();
            if (backward) {
              error.backward();
            }
            return error.item_double();
          }
        };
    OptimizerSettings settings =
        muon ? OptimizerSettings.standard() : OptimizerSettings.adamwOnly();
    double before = loss.applyAsDouble(false);
    try (Optimizer optimizer = settings.create(parameters)) {
      for (int step = 0; step < 150; step++) {
        parameters.names().forEach(name -> parameters.get(name).mutable_grad().reset());
        assertThat(loss.applyAsDouble(true)).isFinite();
        optimizer.step(0.02);
      }
    }
    assertThat(loss.applyAsDouble(false)).isLessThan(0.2 * before);
  }
}
