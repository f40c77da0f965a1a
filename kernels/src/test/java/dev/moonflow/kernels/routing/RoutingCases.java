package dev.moonflow.kernels.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Gates and batches that a router must treat right: shapes, ties, extremes, NaN. */
public final class RoutingCases {
  private RoutingCases() {}

  /** One batch for one gate. */
  public record Case(String name, RoutingSpec spec, int tokens, float[] logits, float[] bias) {
    @Override
    public String toString() {
      return name + " " + spec + " T=" + tokens;
    }
  }

  public static List<Case> all(long seed) {
    Random random = new Random(seed);
    List<Case> cases = new ArrayList<>();
    RoutingSpec kimi = new RoutingSpec(64, 6, 1, 1, true, 2.446f);
    for (int tokens : new int[] {0, 1, 7, 64, 65, 333, 1025}) {
      cases.add(random("normal", kimi, tokens, 2f, random));
    }
    cases.add(random("plain", new RoutingSpec(8, 3, 1, 1, false, 2.446f), 41, 1f, random));
    cases.add(random("top1", new RoutingSpec(8, 1, 1, 1, true, 2.446f), 41, 1f, random));
    cases.add(random("one expert", new RoutingSpec(1, 1, 1, 1, true, 1f), 5, 1f, random));
    cases.add(random("all chosen", new RoutingSpec(5, 5, 1, 1, true, 0.5f), 17, 1f, random));
    cases.add(random("groups", new RoutingSpec(16, 4, 4, 2, true, 2.446f), 99, 1f, random));
    cases.add(random("3 groups", new RoutingSpec(24, 6, 3, 2, true, 2.5f), 99, 1f, random));
    cases.add(random("groups of 1", new RoutingSpec(12, 3, 12, 5, true, 1f), 99, 1f, random));
    cases.add(random("odd", new RoutingSpec(189, 7, 27, 4, true, -1.5f), 130, 3f, random));
    cases.add(random("many experts", new RoutingSpec(384, 8, 1, 1, true, 2.827f), 77, 2f, random));
    for (int groups : new int[] {1, 4}) {
      RoutingSpec spec = new RoutingSpec(16, 4, groups, groups == 1 ? 1 : 2, true, 2.446f);
      cases.add(ties(spec, random));
      cases.add(extremes(spec, random));
      cases.add(negative(spec, random));
    }
    for (int i = 0; i < 24; i++) {
      int groups = 1 + random.nextInt(6);
      int size = 1 + random.nextInt(9);
      int kept = 1 + random.nextInt(groups);
      int k = 1 + random.nextInt(kept * size);
      RoutingSpec spec =
          new RoutingSpec(groups * size, k, groups, kept, random.nextBoolean(), 1.25f);
      cases.add(random("gate " + i, spec, random.nextInt(150), 2f, random));
    }
    return cases;
  }

  public static Case random(
      String name, RoutingSpec spec, int tokens, float spread, Random random) {
    float[] logits = new float[tokens * spec.experts()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian() * spread;
    }
    float[] bias = new float[spec.experts()];
    for (int e = 0; e < bias.length; e++) {
      bias[e] = (float) random.nextGaussian() * 0.1f;
    }
    return new Case(name, spec, tokens, logits, bias);
  }

  /** Few distinct logits, so nearly every choice is a tie. */
  private static Case ties(RoutingSpec spec, Random random) {
    Case base = random("ties", spec, 200, 1f, random);
    for (int i = 0; i < base.logits.length; i++) {
      base.logits[i] = random.nextInt(3);
    }
    java.util.Arrays.fill(base.bias, 0.25f);
    return base;
  }

  /** NaN, infinities, subnormals, zeros and huge logits anywhere; bias with minus infinity. */
  private static Case extremes(RoutingSpec spec, Random random) {
    float[] odd = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      -Float.MIN_NORMAL,
      0f,
      -0f,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      -87f,
      -87.5f,
      -103f,
      88.73f,
      17f
    };
    Case base = random("extremes", spec, 300, 50f, random);
    for (int i = 0; i < base.logits.length; i += 1 + random.nextInt(6)) {
      base.logits[i] = odd[random.nextInt(odd.length)];
    }
    base.bias[1] = Float.NEGATIVE_INFINITY;
    base.bias[3] = -0f;
    return base;
  }

  /** All biased scores below zero: a dropped group must stay dropped. */
  private static Case negative(RoutingSpec spec, Random random) {
    Case base = random("negative", spec, 50, 1f, random);
    for (int e = 0; e < base.bias.length; e++) {
      base.bias[e] -= 3f;
    }
    return base;
  }
}
