package dev.moonflow.kernels.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpuMoeRouterTest {
  private static final long SEED = 42;
  private final MoeRouter router = new CpuMoeRouter();

  static Stream<RoutingCases.Case> cases() {
    return RoutingCases.all(SEED).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(RoutingCases.Case c) {
    Routing routing = router.route(c.logits(), c.tokens(), c.bias(), c.spec());
    int e = c.spec().experts();
    int k = c.spec().topK();
    for (int t = 0; t < c.tokens(); t++) {
      float[] scores = Arrays.copyOfRange(routing.scores(), t * e, (t + 1) * e);
      for (int i = 0; i < e; i++) {
        double want = ReferenceMoeRouter.sigmoid(c.logits()[t * e + i]);
        assertThat((double) scores[i]).isCloseTo(want, within(1e-6));
      }
      ReferenceMoeRouter.Choice want = ReferenceMoeRouter.choose(scores, c.bias(), c.spec());
      for (int i = 0; i < k; i++) {
        assertThat(routing.experts()[t * k + i]).as("token %d", t).isEqualTo(want.experts().get(i));
        assertThat((double) routing.weights()[t * k + i])
            .isCloseTo(want.weights()[i], within(1e-5));
      }
    }
    assertGrouped(routing, c.spec());
  }

  private static void assertGrouped(Routing routing, RoutingSpec spec) {
    assertThat(routing.permutation()).isEqualTo(ReferenceMoeRouter.permutation(routing.experts()));
    assertThat(routing.offsets()).hasSize(spec.experts() + 1).startsWith(0);
    for (int e = 0; e < spec.experts(); e++) {
      int expert = e;
      long count = Arrays.stream(routing.experts()).filter(chosen -> chosen == expert).count();
      assertThat(routing.counts()[e]).isEqualTo((int) count);
      assertThat(routing.offsets()[e + 1]).isEqualTo(routing.offsets()[e] + (int) count);
    }
  }

  @Test
  void aTokenIsRoutedAlikeInAnyBatch() {
    RoutingCases.Case c = RoutingCases.all(SEED).get(5);
    Routing batch = router.route(c.logits(), c.tokens(), c.bias(), c.spec());
    int e = c.spec().experts();
    int k = c.spec().topK();
    for (int t = 0; t < c.tokens(); t += 37) {
      float[] row = Arrays.copyOfRange(c.logits(), t * e, (t + 1) * e);
      Routing alone = router.route(row, 1, c.bias(), c.spec());
      assertThat(alone.experts()).isEqualTo(Arrays.copyOfRange(batch.experts(), t * k, t * k + k));
      assertThat(alone.weights()).isEqualTo(Arrays.copyOfRange(batch.weights(), t * k, t * k + k));
    }
  }

  @Test
  void tiesGoToTheLowerIndex() {
    float[] logits = new float[8];
    Routing routing = router.route(logits, 1, new float[8], new RoutingSpec(8, 3, 4, 2, true, 1f));
    assertThat(routing.experts()).containsExactly(0, 1, 2);
  }

  @Test
  void notANumberSpoilsItsOwnTokenOnly() {
    float[] logits = {1f, Float.NaN, 0f, 1f, 2f, 0f};
    Routing routing = router.route(logits, 2, new float[3], new RoutingSpec(3, 2, 1, 1, true, 1f));
    assertThat(routing.experts()).containsExactly(1, 0, 1, 0);
    assertThat(routing.weights()[0]).isNaN();
    assertThat(routing.weights()[1]).isNaN();
    assertThat(routing.weights()[2] + routing.weights()[3]).isCloseTo(1f, within(1e-6f));
  }

  @Test
  void arraysThatDoNotFitAreNamed() {
    RoutingSpec spec = new RoutingSpec(4, 2, 1, 1, true, 1f);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> router.route(new float[7], 2, new float[4], spec))
        .withMessage("routing: logits of 2 tokens need 8 values, got 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> router.route(new float[8], 2, new float[3], spec))
        .withMessage("routing: bias needs 4 values, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> router.route(new float[8], -1, new float[4], spec))
        .withMessage("routing: tokens must not be negative, got -1");
  }

  @Test
  void gatesThatCannotWorkAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RoutingSpec(8, 2, 3, 1, true, 1f))
        .withMessage("routing: groups must divide 8, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RoutingSpec(8, 5, 4, 2, true, 1f))
        .withMessage("routing: topK must be from 1 to 4, got 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RoutingSpec(8, 1, 4, 5, true, 1f))
        .withMessage("routing: topKGroups must be from 1 to 4, got 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RoutingSpec(8, 1, 1, 1, true, Float.NaN))
        .withMessage("routing: scale must be finite, got NaN");
  }
}
