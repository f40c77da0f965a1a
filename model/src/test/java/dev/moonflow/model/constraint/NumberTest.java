package dev.moonflow.model.constraint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTest {
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?");

  @Test
  void integersOfEveryRangeAreExactlyThose() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 300; round++) {
      int a = random.nextInt(-1_200, 1_200);
      int b = a + random.nextInt(1_500);
      ByteAutomaton automaton = new Constraint.Numeric("integer " + a + ".." + b).compile();
      for (int i = -1_500; i < 3_000; i++) {
        assertThat(automaton.accepts(Integer.toString(i).getBytes(UTF_8)))
            .as("%d in %d..%d", i, a, b)
            .isEqualTo(i >= a && i <= b);
      }
      for (String not : new String[] {"-0", "00", "01", "-01", "1.0", "", "-", "+1", "1e2"}) {
        assertThat(automaton.accepts(not.getBytes(UTF_8))).as(not).isFalse();
      }
    }
  }

  @Test
  void decimalsOfRandomRangesAreThose() throws Exception {
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < 300; round++) {
      BigDecimal a = BigDecimal.valueOf(random.nextInt(-20_000, 20_000), random.nextInt(4));
      BigDecimal b = a.add(BigDecimal.valueOf(random.nextInt(3_000), random.nextInt(4)));
      boolean openLow = random.nextInt(5) == 0;
      boolean openHigh = random.nextInt(5) == 0;
      String range =
          (openLow ? "" : a.toPlainString()) + ".." + (openHigh ? "" : b.toPlainString());
      ByteAutomaton automaton = new Constraint.Numeric("decimal " + range).compile();
      for (int i = 0; i < 200; i++) {
        BigDecimal near = random.nextBoolean() ? a : b;
        BigDecimal value = near.add(BigDecimal.valueOf(random.nextInt(-50, 50), random.nextInt(5)));
        String text = value.signum() == 0 ? "0" : value.toPlainString();
        boolean in = (openLow || value.compareTo(a) >= 0) && (openHigh || value.compareTo(b) <= 0);
        assertThat(automaton.accepts(text.getBytes(UTF_8)))
            .as("%s in %s", text, range)
            .isEqualTo(in);
      }
      for (int i = 0; i < 50; i++) {
        String text = new String(RandomWalk.answer(automaton, random, random.nextInt(20)), UTF_8);
        BigDecimal value = new BigDecimal(text);
        assertThat(text).matches(DECIMAL);
        assertThat(openLow || value.compareTo(a) >= 0).as("%s in %s", text, range).isTrue();
        assertThat(openHigh || value.compareTo(b) <= 0).as("%s in %s", text, range).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "whole, must be",
    "integer 1-2, must be",
    "integer 5..3, no number is at least 5 and at most 3",
    "integer 1.2..1.8, no number is at least 1.2 and at most 1.8",
    "'integer ..1234567890123456789', may have 18 digits",
  })
  void rangesThatCannotBeAreRefused(String range, String sentence) {
    assertThatThrownBy(() -> new Constraint.Numeric(range).compile())
        .isInstanceOf(ConstraintException.class)
        .hasMessageContaining(sentence);
  }
}
