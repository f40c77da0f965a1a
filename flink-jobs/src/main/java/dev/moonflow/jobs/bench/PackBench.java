package dev.moonflow.jobs.bench;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.packing.PackingSpec;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.checkpoint.VisionConfig;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.ResizePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** How full packed batches are, what is padding in them, and what it costs to make them. */
public final class PackBench {
  private static final int IMAGES = 1_000;
  private static final int RUNS = 10; // processor time comes in hundredths of a second

  /** Sizes that images really have: lines, pages, screens, cameras. */
  private static final int[][] SIZES = {
    {580, 28},
    {731, 28},
    {1240, 1754},
    {1654, 2339},
    {640, 480},
    {1280, 720},
    {1920, 1080},
    {1024, 1365},
    {4032, 3024},
    {800, 600},
    {413, 531},
    {1170, 2532}
  };

  private final KimiVl model;
  private final Kernels kernels;
  private final int repeats;

  /**
   * A benchmark of a model's image settings.
   *
   * @param repeats how often each cost is taken; the median counts
   */
  public PackBench(KimiVl model, Kernels kernels, int repeats) {
    this.model = model;
    this.kernels = kernels;
    this.repeats = repeats;
  }

  /** Batches of a mix of sizes, filled in order as the engine fills them. */
  public Measures fill(int patchesPerStep, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int p = model.images().config().patchSize();
    long patches = 0;
    long wasted = 0;
    long padded = 0;
    int steps = 1;
    long inStep = 0;
    for (int i = 0; i < IMAGES; i++) {
      int[] size = SIZES[random.nextInt(SIZES.length)];
      ResizePlan plan = model.images().plan(size[0], size[1]);
      long covered = ceil(plan.resizedWidth(), p) * ceil(plan.resizedHeight(), p);
      patches += plan.patches();
      wasted += plan.patches() - covered;
      padded += (long) plan.patches() * p * p - (long) plan.resizedWidth() * plan.resizedHeight();
      if (inStep > 0 && inStep + plan.patches() > patchesPerStep) {
        steps++;
        inStep = 0;
      }
      inStep += plan.patches();
    }
    return new Measures(
            "Packing " + IMAGES + " images of " + SIZES.length + " sizes, seed " + seed,
            "patches a step",
            "steps",
            "fill %",
            "patches without a pixel %",
            "padded pixels %")
        .row(
            patchesPerStep,
            steps,
            100.0 * patches / ((double) steps * patchesPerStep),
            100.0 * wasted / patches,
            100.0 * padded / ((double) patches * p * p));
  }

  private static long ceil(int pixels, int patch) {
    return (pixels + patch - 1) / patch;
  }

  /** A page on a screen of 1920 x 1080 pixels as JPEG: decoded, brought to size, packed. */
  public Measures page() throws Exception {
    byte[] jpeg;
    try (PageDrawer drawer = new PageDrawer()) {
      jpeg = drawer.jpeg(1, 1920, 1080);
    }
    DecodedImage decoded = ImageReader.decode(jpeg, MediaLimits.DEFAULT);
    RgbImage image = new RgbImage(decoded.width(), decoded.height(), decoded.rgb());
    ImageProcessor processor = model.images();
    RgbImage processed = processor.process(image).pixels();
    PackingSpec spec = spec();
    Measures table = new Measures("A 1080p JPEG page, one core", "stage", "ms", "CPU-ms");
    Cost decode = median(() -> ImageReader.decode(jpeg, MediaLimits.DEFAULT));
    Cost resize = median(() -> processor.process(image));
    Cost pack = median(() -> kernels.patchPacker().pack(List.of(processed), spec));
    row(table, "decode", decode);
    row(table, "resize", resize);
    row(table, "pack", pack);
    double wall = decode.wallSeconds() + resize.wallSeconds() + pack.wallSeconds();
    double cpu = decode.cpuSeconds() + resize.cpuSeconds() + pack.cpuSeconds();
    row(table, "all", new Cost(wall, cpu));
    return table;
  }

  private static void row(Measures table, String stage, Cost cost) {
    table.row(stage, 1e3 * cost.wallSeconds(), 1e3 * cost.cpuSeconds());
  }

  private PackingSpec spec() {
    VisionConfig vision = model.config().vision();
    int values = vision.positionRows() * vision.positionCols() * vision.hiddenSize();
    return new PackingSpec(
        vision.patchSize(),
        model.images().config().mean(),
        model.images().config().std(),
        vision.headDim(),
        VisionConfig.ROPE_THETA,
        new PackingSpec.PositionTable(
            vision.positionRows(), vision.positionCols(), vision.hiddenSize(), new float[values]));
  }

  private Cost median(Cost.Work work) throws Exception {
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < 2 * repeats; i++) {
      Cost cost =
          Cost.of(
              () -> {
                for (int j = 0; j < RUNS; j++) {
                  work.run();
                }
              });
      if (i >= repeats) {
        costs.add(cost.per(RUNS));
      }
    }
    return Cost.median(costs);
  }
}
