package dev.moonflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.math.Transcendentals;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerTest {

  private static final int DRAWS = 20_000;

  @Test
  void philoxGivesTheAuthorsTestVectors() {
    assertThat(Philox.block(0, 0, 0, 0, 0, 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertThat(Philox.block(-1, -1, -1, -1, -1, -1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertThat(Philox.block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void greedyTakesTheLowestIdOfTheLargestLogit() {
    float[] logits = {9f, 1f, 3f, 3f, -2f, 3f};
    assertThat(Sampler.next(logits, 1, 5, SamplingParameters.greedy(), 0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0.2", "1.0", "2.0"})
  void drawsFollowTheSoftmaxOfTheTemperature(float temperature) {
    float[] logits = {0.1f, 1.3f, -0.7f, 0.9f, 2.0f, -30f};
    double[] expected = softmax(logits, temperature);
    double[] seen = frequencies(logits, new SamplingParameters(temperature, 1f, 5, false));
    for (int id = 0; id < logits.length; id++) {
      assertThat(Math.abs(seen[id] - expected[id])).as("id %d, seed 5", id).isLessThan(tolerance());
    }
  }

  @Test
  void theNucleusIsTheFewestTokensThatReachTheMass() {
    // Probabilities 0.4, 0.3, 0.2, 0.1 in another order.
    float[] logits = new float[4];
    double[] p = {0.2, 0.4, 0.1, 0.3};
    for (int i = 0; i < 4; i++) {
      logits[i] = (float) Math.log(p[i]);
    }
    assertDistribution(logits, 0.05f, 0, 1, 0, 0);
    assertDistribution(logits, 0.39f, 0, 1, 0, 0);
    assertDistribution(logits, 0.6f, 0, 4 / 7.0, 0, 3 / 7.0);
    assertDistribution(logits, 0.8f, 2 / 9.0, 4 / 9.0, 0, 3 / 9.0);
    assertDistribution(logits, 0.95f, 0.2, 0.4, 0.1, 0.3);
    assertDistribution(logits, 1f, 0.2, 0.4, 0.1, 0.3);
  }

  @Test
  void equalTokensAtTheEdgeOfTheNucleusAreTakenFromTheLowestId() {
    float[] logits = new float[10];
    double[] seen = frequencies(logits, new SamplingParameters(1f, 0.45f, 9, false));
    for (int id = 0; id < 10; id++) {
      assertThat(seen[id] > 0).isEqualTo(id < 5);
    }
  }

  @Test
  void theDrawDependsOnSeedAndPositionAlone() {
    float[] logits = randomLogits(300, 1);
    int differs = 0;
    for (int position = 0; position < 200; position++) {
      SamplingParameters a = new SamplingParameters(1f, 0.9f, 7, false);
      SamplingParameters b = new SamplingParameters(1f, 0.9f, 8, false);
      int id = Sampler.next(logits, 0, 300, a, position);
      float[] shifted = new float[340];
      System.arraycopy(logits, 0, shifted, 40, 300);
      assertThat(Sampler.next(shifted, 40, 300, a, position)).isEqualTo(id);
      differs += Sampler.next(logits, 0, 300, b, position) == id ? 0 : 1;
    }
    assertThat(differs).isGreaterThan(150);
  }

  @Test
  void theSelectionByThresholdEqualsAFullSort() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 300; round++) {
      float[] logits = randomLogits(1 + random.nextInt(200), random.nextLong());
      float topP = (float) random.nextDouble(0.01, 1);
      SamplingParameters parameters = new SamplingParameters(0.7f, topP, round, false);
      assertThat(Sampler.next(logits, 0, logits.length, parameters, round))
          .isEqualTo(plain(logits, parameters, round));
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity"})
  void aRowThatIsNotFiniteIsRefused(float bad) {
    float[] logits = {1f, bad, 2f};
    assertThatThrownBy(() -> Sampler.next(logits, 0, 3, SamplingParameters.greedy(), 0))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void anAlmostZeroTemperatureIsGreedy() {
    float[] logits = randomLogits(100, 4);
    SamplingParameters cold = new SamplingParameters(1e-30f, 0.9f, 4, false);
    assertThat(Sampler.next(logits, 0, 100, cold, 3))
        .isEqualTo(Sampler.next(logits, 0, 100, SamplingParameters.greedy(), 3));
  }

  /** The rule written down plainly: sort all, cut at the mass, draw. */
  private static int plain(float[] logits, SamplingParameters parameters, int position) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    float top = (float) max;
    Integer[] order = new Integer[logits.length];
    double[] weights = new double[logits.length];
    double total = 0;
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      weights[i] = Transcendentals.exp((logits[i] - top) / parameters.temperature());
      total += weights[i];
    }
    Arrays.sort(order, (a, b) -> Double.compare(weights[b], weights[a]));
    double mass = 0;
    int size = 0;
    while (size < order.length && (size == 0 || mass < parameters.topP() * total)) {
      mass += weights[order[size++]];
    }
    double target = Philox.uniform(parameters.seed(), position) * mass;
    double sum = 0;
    for (int i = 0; i + 1 < size; i++) {
      sum += weights[order[i]];
      if (sum > target) {
        return order[i];
      }
    }
    return order[size - 1];
  }

  private static void assertDistribution(float[] logits, float topP, double... expected) {
    double[] seen = frequencies(logits, new SamplingParameters(1f, topP, 6, false));
    for (int id = 0; id < expected.length; id++) {
      assertThat(Math.abs(seen[id] - expected[id])).as("id %d", id).isLessThan(tolerance());
      assertThat(seen[id] > 0).isEqualTo(expected[id] > 0);
    }
  }

  private static double[] frequencies(float[] logits, SamplingParameters parameters) {
    double[] seen = new double[logits.length];
    for (int position = 0; position < DRAWS; position++) {
      seen[Sampler.next(logits, 0, logits.length, parameters, position)] += 1.0 / DRAWS;
    }
    return seen;
  }

  /** Five standard deviations of the worst frequency. */
  private static double tolerance() {
    return 5 * Math.sqrt(0.25 / DRAWS);
  }

  private static double[] softmax(float[] logits, float temperature) {
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i] / temperature);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private static float[] randomLogits(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] logits = new float[count];
    for (int i = 0; i < count; i++) {
      logits[i] = (float) random.nextDouble(-6, 6);
    }
    return logits;
  }

  @Test
  void theProbabilityOfATokenIsItsShareAtTemperatureOne() {
    float[] logits = {9, 1, 2, 3, -4, 9};
    double total = 0;
    for (int id = 0; id < 4; id++) {
      total += Math.exp(Sampler.logProbability(logits, 1, 4, id));
    }
    assertThat(total).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-6));
    assertThat((double) Sampler.logProbability(logits, 1, 4, 2))
        .isCloseTo(
            3 - Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3) + Math.exp(-4)),
            org.assertj.core.api.Assertions.within(1e-6));
  }
}
