package dev.moonflow.training.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every operator once, against values worked out by hand: a wrong overload crashes, it does not
 * throw.
 */
class OpsTest {
  private static final ScalarType F64 = ScalarType.Double;
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

  private static Tensor vector(double... values) {
    return Tensors.of(values, F64, values.length);
  }

  private static Tensor matrix(int rows, double... values) {
    return Tensors.of(values, F64, rows, values.length / rows);
  }

  private static void same(Tensor actual, double... expected) {
    assertThat(Tensors.doubles(actual)).containsExactly(expected, within(1e-12));
  }

  @Test
  void linearMultipliesByTheTransposedWeight() {
    Tensor x = matrix(1, 1, 2);
    Tensor w = matrix(3, 1, 0, 0, 1, 3, 4);
    same(Ops.linear(x, w, F64), 1, 2, 11);
    same(Ops.linear(x, w, vector(10, 20, 30), F64), 11, 22, 41);
    Tensor x32 = x.to(ScalarType.Float);
    Tensor w32 = w.to(ScalarType.Float);
    Tensor half = Ops.linear(x32, w32, ScalarType.BFloat16);
    assertThat(Ops.type(half)).isEqualTo(ScalarType.Float);
    same(half, 1, 2, 11);
    Tensor b32 = vector(1, 1, 1).to(ScalarType.Float);
    same(Ops.linear(x32, w32, b32, ScalarType.BFloat16), 2, 3, 12);
  }

  @Test
  void normsDivideByTheSpread() {
    Tensor x = matrix(1, 3, -3);
    same(Ops.layerNorm(x, vector(2, 2), vector(1, 1), 0), 3, -1);
    same(Ops.rmsNorm(x, vector(1, 2), 0), 1, -2);
    double eps = 1e-6;
    double small = 1e-3 / Math.sqrt(1e-6 + eps);
    same(Ops.rmsNorm(matrix(1, 1e-3, -1e-3), vector(1, 1), eps), small, -small);
  }

  @Test
  void causalAttentionSeesOnlyThePast() {
    Tensor q = Tensors.of(new double[] {0, 0}, F64, 1, 1, 2, 1);
    Tensor v = Tensors.of(new double[] {2, 4}, F64, 1, 1, 2, 1);
    same(Ops.attention(q, q, v, true, 1), 2, 3);
    same(Ops.attention(q, q, v, false, 1), 3, 3);
    Tensor k = Tensors.of(new double[] {Math.log(3), 0}, F64, 1, 1, 2, 1);
    Tensor one = Tensors.of(new double[] {1, 1}, F64, 1, 1, 2, 1);
    same(Ops.attention(one, k, v, false, 1), 2.5, 2.5);
  }

  @Test
  void activationsFollowTheirFormulas() {
    double sigmoid = 1 / (1 + Math.exp(-2));
    same(Ops.silu(vector(2)), 2 * sigmoid);
    same(Ops.sigmoid(vector(2)), sigmoid);
    same(Ops.logSigmoid(vector(2)), Math.log(sigmoid));
    double inner = Math.sqrt(2 / Math.PI) * (2 + 0.044715 * 8);
    same(Ops.geluTanh(vector(2)), 1 + Math.tanh(inner));
    assertThat(Tensors.doubles(Ops.geluErf(vector(2)))[0]).isCloseTo(1.9544997361, within(1e-9));
    same(Ops.logSoftmax(vector(0, 0)), -Math.log(2), -Math.log(2));
  }

  @Test
  void rowsAreTakenJoinedAndScattered() {
    Tensor x = matrix(3, 1, 2, 3, 4, 5, 6);
    Tensor index = Tensors.indices(new int[] {2, 0});
    same(Ops.rows(x, index), 5, 6, 1, 2);
    same(Ops.embedding(x, index), 5, 6, 1, 2);
    same(
        Ops.scatterRows(matrix(2, 7, 8, 9, 1), Tensors.indices(new int[] {1, 1}), 3),
        0,
        0,
        16,
        9,
        0,
        0);
    same(Ops.cat(List.of(vector(1), vector(2)), 0), 1, 2);
    same(Ops.stack(List.of(vector(1, 2), vector(3, 4)), 1), 1, 3, 2, 4);
    same(Ops.padLast(matrix(2, 1, 2), 1), 1, 0, 2, 0);
    same(Ops.gatherLast(x, Tensors.indices(new int[] {1, 0, 1}).unsqueeze(1)), 2, 3, 6);
  }

  @Test
  void sortsKeepTheOrderOfEquals() {
    assertThat(Tensors.longs(Ops.argsortDescending(vector(1, 3, 3, 2))))
        .containsExactly(1, 2, 3, 0);
    assertThat(Tensors.longs(Ops.argsortStable(vector(1, 0, 1, 0)))).containsExactly(1, 3, 0, 2);
  }

  @Test
  void reductionsAndNumbers() {
    Tensor x = matrix(2, 1, 2, 3, 4);
    same(Ops.sum(x, 1, false), 3, 7);
    assertThat(Ops.mean(x, 0, true).shape()).containsExactly(1, 2);
    same(Ops.scale(x, 2), 2, 4, 6, 8);
    same(Ops.plus(x, 1), 2, 3, 4, 5);
    same(Ops.zeros(F64, 2), 0, 0);
  }

  @Test
  void pairsAreRotated() {
    Tensor x = Tensors.of(new double[] {1, 0, 0, 1}, F64, 1, 1, 4);
    Tensor cos = Tensors.of(new double[] {0, 1}, F64, 1, 1, 2);
    Tensor sin = Tensors.of(new double[] {1, 0}, F64, 1, 1, 2);
    same(Ops.rotatePairs(x, cos, sin), 0, 1, 0, 1);
  }

  @Test
  void interpolationIsKeysCubicOfThreeQuarters() {
    double[] ramp = new double[8];
    for (int i = 0; i < 8; i++) {
      ramp[i] = i;
    }
    double[] wide = Tensors.doubles(Ops.interpolate(Tensors.of(ramp, F64, 1, 8, 1), 1, 16));
    // s = 3.25: taps 2, 3, 4, 5 with weights -0.10546875, 0.87890625, 0.26171875, -0.03515625.
    assertThat(wide[7]).isCloseTo(3.296875, within(1e-12));
    same(Ops.interpolate(Tensors.of(ramp, F64, 2, 4, 1), 2, 4), ramp);
  }

  @Test
  void gradientsFlowToLeavesAndNotWhileOff() {
    Tensor x = Tensors.leaf(vector(1, 2));
    Ops.sum(x.mul(x), 0, false).backward();
    same(x.grad(), 2, 4);
    try (NoGradient off = new NoGradient()) {
      assertThat(Ops.scale(x, 2).requires_grad()).isFalse();
      assertThat(off).isNotNull();
    }
    assertThat(Ops.scale(x, 2).requires_grad()).isTrue();
  }

  @Test
  void aKeptTensorOutlivesItsScope() {
    Tensor kept;
    try (Scope inner = new Scope()) {
      kept = inner.keep(vector(5));
    }
    same(kept, 5);
    assertThat(Tensors.floats(kept)).containsExactly(5f);
    kept.close();
  }

  @Test
  void lengthsAndExponentials() {
    same(Ops.exp(vector(0, Math.log(3))), 1, 3);
    same(Ops.unitLength(matrix(2, 3, 4, 0, 0)), 0.6, 0.8, 0, 0);
    same(Ops.identity(2, F64), 1, 0, 0, 1);
  }
}
