package dev.moonflow.training.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every operator once, against values worked out by hand. */
class InPlaceTest {
  private Scope scope;

  @BeforeEach
  void open() {
    Ops.threads(1);
    scope = new Scope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor vector(double... values) {
    return Tensors.of(values, ScalarType.Double, values.length);
  }

  private static void same(Tensor actual, double... expected) {
    assertThat(Tensors.doubles(actual)).containsExactly(expected, within(1e-12));
  }

  @Test
  void theTargetIsOverwritten() {
    Tensor target = vector(1, 2);
    InPlace.scale(target, 3);
    same(target, 3, 6);
    InPlace.add(target, vector(1, -1), 0.5);
    same(target, 3.5, 5.5);
    InPlace.blend(target, vector(4.5, 1.5), 0.25);
    same(target, 3.75, 4.5);
    InPlace.copy(target, vector(7, 8).to(ScalarType.Float));
    same(target, 7, 8);
    InPlace.clear(target);
    same(target, 0, 0);
  }

  @Test
  void writingToTheValuesOfAParameterChangesIt() {
    Tensor parameter = Tensors.leaf(Tensors.of(new double[] {1, 2, 3, 4}, ScalarType.Double, 2, 2));
    InPlace.scale(InPlace.values(parameter), 2);
    InPlace.clear(InPlace.range(InPlace.flat(parameter), 1, 3));
    same(parameter, 2, 0, 0, 8);
    assertThat(parameter.requires_grad()).isTrue();
  }

  @Test
  void newTensorsAreWhatTheirFormulasSay() {
    same(InPlace.sum(vector(1, 2), vector(10, 20), 0.1), 2, 4);
    Tensor x = Tensors.of(new double[] {1, 2, 3, 4}, ScalarType.Double, 1, 2, 2);
    same(InPlace.multiplyAdd(-1, x, 2, x, x), 13, 18, 27, 40);
    Tensor two = Tensors.of(new double[] {3, 4, 0, 12, 5, 0}, ScalarType.Double, 2, 1, 3);
    same(InPlace.frobenius(two), 5, 13);
    assertThat(InPlace.frobenius(two).shape()).containsExactly(2, 1, 1);
    same(InPlace.rowSquares(two.to(ScalarType.Float).view(2, 3)), 25, 169);
  }
}
