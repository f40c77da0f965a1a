package dev.moonflow.kernels.packing;

import dev.moonflow.kernels.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Specs and batches that a packer must treat right. */
public final class PackingCases {
  private PackingCases() {}

  /** One batch. */
  public record Case(String name, PackingSpec spec, List<RgbImage> images) {
    @Override
    public String toString() {
      return name;
    }
  }

  public static List<Case> all(long seed) {
    Random random = new Random(seed);
    PackingSpec kimi = spec(14, 72, 64, 64, 40, random);
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("one patch", kimi, List.of(image(14, 14, random))));
    cases.add(new Case("table grid", spec(2, 8, 6, 9, 7, random), List.of(image(18, 12, random))));
    cases.add(
        new Case(
            "mixed sizes",
            kimi,
            List.of(
                image(28, 56, random),
                image(14 * 70, 14, random),
                image(14, 14 * 67, random),
                image(14 * 64, 14 * 3, random),
                image(14 * 9, 14 * 31, random))));
    cases.add(
        new Case(
            "other settings",
            spec(16, 4, 3, 5, 1, random),
            List.of(image(16 * 7, 16 * 2, random), image(16, 16, random))));
    cases.add(new Case("widest", spec(1, 16, 8, 8, 3, random), List.of(image(511, 5, random))));
    cases.add(
        new Case(
            "many rows",
            spec(3, 12, 4, 4, 300, random),
            List.of(image(3 * 60, 3 * 50, random), image(3 * 200, 3 * 12, random))));
    for (int i = 0; i < 8; i++) {
      int p = 1 + random.nextInt(9);
      PackingSpec spec =
          spec(
              p,
              4 * (1 + random.nextInt(6)),
              1 + random.nextInt(9),
              1 + random.nextInt(9),
              1 + random.nextInt(20),
              random);
      List<RgbImage> images = new ArrayList<>();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        images.add(image(p * (1 + random.nextInt(40)), p * (1 + random.nextInt(40)), random));
      }
      cases.add(new Case("batch " + i, spec, images));
    }
    return cases;
  }

  public static PackingSpec spec(
      int patchSize, int headDim, int rows, int cols, int dim, Random random) {
    float[] table = new float[rows * cols * dim];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) random.nextGaussian();
    }
    table[0] = -0f;
    return new PackingSpec(
        patchSize,
        new float[] {0.48145466f, 0.4578275f, 0.40821073f},
        new float[] {0.26862954f, 0.26130258f, 0.27577711f},
        headDim,
        10000f,
        new PackingSpec.PositionTable(rows, cols, dim, table));
  }

  public static RgbImage image(int width, int height, Random random) {
    byte[] rgb = new byte[width * height * 3];
    random.nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }
}
