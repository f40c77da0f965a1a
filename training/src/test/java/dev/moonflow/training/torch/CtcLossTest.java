package dev.moonflow.training.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loss over paths against the sum over every path there is. */
class CtcLossTest {
  private static final int CLASSES = 3;
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

  /** Runs joined, blanks (0) dropped. */
  private static int[] spelled(int[] path) {
    int[] text = new int[path.length];
    int length = 0;
    for (int t = 0; t < path.length; t++) {
      if (path[t] != 0 && (t == 0 || path[t] != path[t - 1])) {
        text[length++] = path[t];
      }
    }
    return Arrays.copyOf(text, length);
  }

  private static double likelihood(double[][] p, int[] target) {
    double sum = 0;
    for (int code = 0; code < Math.pow(CLASSES, p.length); code++) {
      int[] path = new int[p.length];
      double product = 1;
      for (int t = 0, rest = code; t < path.length; t++, rest /= CLASSES) {
        path[t] = rest % CLASSES;
        product *= p[t][path[t]];
      }
      sum += Arrays.equals(spelled(path), target) ? product : 0;
    }
    return sum;
  }

  private static double[][] distributions(int rows, SplittableRandom random) {
    double[][] p = new double[rows][CLASSES];
    for (double[] row : p) {
      for (int c = 0; c < CLASSES; c++) {
        row[c] = 0.05 + random.nextDouble();
      }
      double total = Arrays.stream(row).sum();
      Arrays.setAll(row, c -> row[c] / total);
    }
    return p;
  }

  @Test
  void itIsTheSumOverAllPathsOfEachSequence() {
    SplittableRandom random = new SplittableRandom(5);
    int[][] targets = {{1, 2, 2}, {2}, {}, {1, 1, 1}};
    long[] rows = {6, 3, 2, 4};
    double expected = 0;
    double[][][] p = new double[rows.length][][];
    for (int i = 0; i < rows.length; i++) {
      p[i] = distributions((int) rows[i], random);
      double likelihood = likelihood(p[i], targets[i]);
      // The last has no path: 1 1 1 takes a blank between each two, five rows.
      assertThat(likelihood > 0).isEqualTo(i < 3);
      expected -= i < 3 ? Math.log(likelihood) : 0;
    }
    double[] flat =
        Arrays.stream(p).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
    Tensor logs =
        Tensors.leaf(Tensors.of(flat, ScalarType.Double, flat.length / CLASSES, CLASSES).log());
    Tensor loss =
        Ops.ctcLoss(
            Ops.padded(logs, rows),
            Tensors.indices(Arrays.stream(targets).flatMapToInt(Arrays::stream).toArray()),
            rows,
            Arrays.stream(targets).mapToLong(target -> target.length).toArray(),
            0);
    assertThat(Tensors.doubles(loss)[0]).isCloseTo(expected, within(1e-9));
    loss.backward();
    double[] gradient = Tensors.doubles(logs.grad());
    assertThat(gradient).doesNotContain(Double.NaN);
    int last = 11 * CLASSES;
    assertThat(Arrays.copyOfRange(gradient, last, gradient.length)).containsOnly(0);
    assertThat(Arrays.stream(gradient, 0, last).map(Math::abs).sum()).isGreaterThan(1);
  }
}
