package dev.moonflow.training.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IntervalsTest {
  private static List<Portion> hits(int hits, int items) {
    List<Portion> portions = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      portions.add(new Portion(i < hits ? 1 : 0, 1));
    }
    return portions;
  }

  @Test
  void wilsonMeetsTheTables() {
    // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29.
    assertWilson(81, 263, 0.2553, 0.3662);
    assertWilson(15, 148, 0.0624, 0.1605);
    assertWilson(0, 20, 0, 0.1611);
    assertWilson(1, 29, 0.0061, 0.1718);
  }

  private static void assertWilson(int hits, int items, double low, double high) {
    Interval interval = Wilson.of(hits, items);
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void theBootstrapOfAProportionIsNearItsNormalInterval() {
    Interval interval = Bootstrap.of(hits(300, 1000), 1);
    // 0.3 -+ 1.96 sqrt(0.3 * 0.7 / 1000)
    assertThat(interval.low()).isCloseTo(0.2716, within(0.004));
    assertThat(interval.high()).isCloseTo(0.3284, within(0.004));
    assertThat(Bootstrap.of(hits(300, 1000), 1)).isEqualTo(interval);
    assertThat(LongStream.range(2, 10).mapToObj(seed -> Bootstrap.of(hits(300, 1000), seed)))
        .as("other seeds draw other items")
        .anyMatch(other -> !other.equals(interval));
  }

  @Test
  void ratesAreSumsOverSums() {
    List<Portion> lines = List.of(new Portion(1, 2), new Portion(0, 98));
    assertThat(Bootstrap.ratio(lines)).isEqualTo(0.01);
  }

  @Test
  void pairingCancelsWhatIsHardForBoth() {
    // B is right wherever A is, and on 20 of 400 more: a small difference, the same on every draw.
    Interval paired = Bootstrap.ofDifference(hits(200, 400), hits(220, 400), 7);
    assertThat(paired.excludesZero()).isTrue();
    assertThat(paired.low()).isBetween(0.025, 0.04);
    assertThat(paired.high()).isBetween(0.06, 0.08);
    assertThat(Bootstrap.ofDifference(hits(200, 400), hits(200, 400), 7))
        .isEqualTo(new Interval(0, 0));
  }
}
