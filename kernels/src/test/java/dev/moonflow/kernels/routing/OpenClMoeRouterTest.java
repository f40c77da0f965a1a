package dev.moonflow.kernels.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moonflow.kernels.device.LaunchCounters;
import dev.moonflow.kernels.device.OpenClDevices;
import dev.moonflow.kernels.device.RequiresOpenCl;
import dev.moonflow.kernels.device.Unshared;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresOpenCl
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenClMoeRouterTest {
  private static final long SEED = 20260131;
  private final OpenClMoeRouter router = open();

  private static OpenClMoeRouter open() {
    return new OpenClMoeRouter(OpenClDevices.discover().devices().get(0), new LaunchCounters());
  }

  @AfterAll
  void close() {
    router.close();
  }

  static Stream<RoutingCases.Case> cases() {
    return RoutingCases.all(SEED).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheBitsOfTheCpu(RoutingCases.Case c) {
    Routing device = router.route(c.logits(), c.tokens(), c.bias(), c.spec());
    Routing cpu = new CpuMoeRouter().route(c.logits(), c.tokens(), c.bias(), c.spec());
    assertSameBits(device, cpu);
  }

  @Test
  void givesTheBitsOfTheCpuWhenArraysAreCopied() {
    try (Unshared unshared = new Unshared();
        OpenClMoeRouter copying = new OpenClMoeRouter(unshared.device(), new LaunchCounters())) {
      for (RoutingCases.Case c : RoutingCases.all(SEED + 1)) {
        assertSameBits(
            copying.route(c.logits(), c.tokens(), c.bias(), c.spec()),
            new CpuMoeRouter().route(c.logits(), c.tokens(), c.bias(), c.spec()));
      }
    }
  }

  @Test
  void scoresHaveTheBitsOfTheCpuOverAllMagnitudes() {
    // Every 1025th float of both signs: all exponents, subnormals, infinities and NaN.
    int tokens = 4096;
    RoutingSpec spec = new RoutingSpec(1024, 1, 1, 1, false, 1f);
    float[] logits = new float[tokens * spec.experts()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Float.intBitsToFloat((int) (i * 1025L));
    }
    float[] bias = new float[spec.experts()];
    assertSameBits(
        router.route(logits, tokens, bias, spec),
        new CpuMoeRouter().route(logits, tokens, bias, spec));
  }

  @Test
  void scoresHaveTheBitsOfTheCpuWhereLogitsLie() {
    int tokens = 4096;
    RoutingSpec spec = new RoutingSpec(512, 1, 1, 1, false, 1f);
    float[] logits = new float[tokens * spec.experts()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (i - logits.length / 2) * (100f / logits.length * 2);
    }
    float[] bias = new float[spec.experts()];
    assertSameBits(
        router.route(logits, tokens, bias, spec),
        new CpuMoeRouter().route(logits, tokens, bias, spec));
  }

  @Test
  void moreGatesThanAreKeptStillRouteRight() {
    try (OpenClMoeRouter many = open()) {
      for (int round = 0; round < 2; round++) {
        for (int k = 1; k <= OpenClMoeRouter.MAX_KERNELS + 2; k++) {
          RoutingSpec spec = new RoutingSpec(16, k, 1, 1, true, 1f);
          RoutingCases.Case c =
              RoutingCases.random("k", spec, 40, 1f, new java.util.Random(SEED + k));
          assertSameBits(
              many.route(c.logits(), 40, c.bias(), spec),
              new CpuMoeRouter().route(c.logits(), 40, c.bias(), spec));
        }
      }
    }
  }

  @Test
  void aClosedRouterRefuses() {
    OpenClMoeRouter closed = open();
    closed.close();
    closed.close();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                closed.route(new float[2], 1, new float[2], new RoutingSpec(2, 1, 1, 1, true, 1f)))
        .withMessage("the router is closed");
  }

  static void assertSameBits(Routing device, Routing cpu) {
    assertThat(bits(device.scores())).isEqualTo(bits(cpu.scores()));
    assertThat(device.experts()).isEqualTo(cpu.experts());
    assertThat(bits(device.weights())).isEqualTo(bits(cpu.weights()));
    assertThat(device.counts()).isEqualTo(cpu.counts());
    assertThat(device.offsets()).isEqualTo(cpu.offsets());
    assertThat(device.permutation()).isEqualTo(cpu.permutation());
  }

  /** Bit patterns, with all NaN made one: which NaN comes out is not defined anywhere. */
  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }
}
