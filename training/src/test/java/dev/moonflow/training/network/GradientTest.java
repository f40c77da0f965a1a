package dev.moonflow.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Gradients of the whole model, images to loss, against central differences in float64: along
 * random directions in every parameter tensor.
 */
class GradientTest {
  private static final double BALANCE = 0.05;
  private static final double STEP = 1e-4;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  private static double loss(TrainableKimiVl model, PackedBatch batch) {
    try (NoGradient off = new NoGradient();
        Scope scope = new Scope()) {
      assertThat(List.of(off, scope)).isNotEmpty();
      return total(model.forward(batch, model.tape())).item_double();
    }
  }

  private static Tensor total(ForwardResult result) {
    return Ops.scale(result.lossSum(), 1 / result.weight())
        .add(Ops.scale(result.balanceLoss(), BALANCE));
  }

  /** Fourth-order central difference of the loss along a direction in one tensor. */
  private static double difference(
      TrainableKimiVl model, PackedBatch batch, Tensor parameter, Tensor direction) {
    double[] values = new double[4];
    double[] at = {-2, -1, 1, 2};
    for (int i = 0; i < 4; i++) {
      move(parameter, direction, at[i] * STEP);
      values[i] = loss(model, batch);
      move(parameter, direction, -at[i] * STEP);
    }
    return (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * STEP);
  }

  private static void move(Tensor parameter, Tensor direction, double by) {
    try (NoGradient off = new NoGradient()) {
      assertThat(off).isNotNull();
      parameter.add_(Ops.scale(direction, by));
    }
  }

  @Test
  void gradientsOfEveryTensorMatchFiniteDifferences() {
    check(false);
  }

  @Test
  void recomputedGradientsMatchFiniteDifferences() {
    check(true);
  }

  private static void check(boolean recompute) {
    KimiVlConfig config = TinyModels.config();
    try (TrainableKimiVl model =
            TrainableKimiVl.create(config, 7, Precision.F64).recompute(recompute);
        Scope scope = new Scope()) {
      TinyModels.roughen(model.parameters(), 11);
      PackedBatch batch = TinyModels.batch(config, 3);
      Tape tape = model.tape();
      tape.backward(total(model.forward(batch, tape)));
      SplittableRandom random = new SplittableRandom(5);
      for (String name : model.parameters().trainedNames()) {
        Tensor parameter = model.parameters().get(name);
        double[] direction = new double[(int) parameter.numel()];
        double norm = 0;
        for (int i = 0; i < direction.length; i++) {
          direction[i] = random.nextGaussian();
          norm += direction[i] * direction[i];
        }
        for (int i = 0; i < direction.length; i++) {
          direction[i] /= Math.sqrt(norm);
        }
        double[] gradient = Tensors.doubles(parameter.grad());
        double along = 0;
        double length = 0;
        for (int i = 0; i < gradient.length; i++) {
          along += gradient[i] * direction[i];
          length += gradient[i] * gradient[i];
        }
        Tensor towards = Tensors.of(direction, Ops.type(parameter), parameter.shape());
        double expected = difference(model, batch, parameter, towards);
        // Relative to the larger of the slope and what a random direction sees of the gradient.
        double size = Math.max(Math.abs(expected), Math.sqrt(length / gradient.length));
        assertThat(Math.abs(along - expected) / size).as(name).isLessThan(1e-6);
        assertThat(size).as(name + " has a gradient").isGreaterThan(1e-9);
      }
      assertThat(scope).isNotNull();
    }
  }

  @Test
  void recomputationChangesNoBit() {
    KimiVlConfig config = TinyModels.config();
    PackedBatch batch = TinyModels.batch(config, 3);
    try (TrainableKimiVl plain = TrainableKimiVl.create(config, 7, Precision.F32);
        TrainableKimiVl again = TrainableKimiVl.create(config, 7, Precision.F32).recompute(true);
        Scope scope = new Scope()) {
      for (TrainableKimiVl model : List.of(plain, again)) {
        model.parameters().clearGradients();
        Tape tape = model.tape();
        tape.backward(total(model.forward(batch, tape)));
      }
      for (String name : plain.parameters().trainedNames()) {
        assertThat(Tensors.floats(again.parameters().get(name).grad()))
            .as(name)
            .containsExactly(Tensors.floats(plain.parameters().get(name).grad()));
      }
      assertThat(scope).isNotNull();
    }
  }
}
