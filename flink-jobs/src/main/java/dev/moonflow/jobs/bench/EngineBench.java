package dev.moonflow.jobs.bench;

import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.engine.EngineModel;
import dev.moonflow.model.language.KvCache;
import dev.moonflow.model.language.KvSequence;
import dev.moonflow.model.language.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The passes of one model: vision by image size, prompts, and decoding by number of sequences. */
public final class EngineBench {
  private static final int PROMPT = 64; // tokens that a sequence has before it decodes
  private static final int STEPS = 16;
  private static final int CACHE_TOKENS = 1 << 18;

  private final KimiVl model;
  private final EngineModel engine;
  private final ModelWork work;
  private final int repeats;

  /**
   * A benchmark of a loaded model.
   *
   * @param repeats how often each figure is taken; the median counts
   */
  public EngineBench(KimiVl model, int repeats) {
    this.model = model;
    this.engine = model.engineModel();
    this.work = new ModelWork(model.config());
    this.repeats = repeats;
  }

  /** An image size and how many of it are packed. */
  public record Images(int width, int height, int count) {}

  /** Vision tower and projector. */
  public Measures vision(List<Images> sizes) throws Exception {
    Measures table =
        new Measures(
            "Vision", "image", "images", "patches", "ms", "CPU-ms", "patches/s", "GFLOP/s");
    int p = model.config().vision().patchSize();
    for (Images size : sizes) {
      List<RgbImage> images = Collections.nCopies(size.count(), noise(size.width(), size.height()));
      long rows = size.height() / p;
      long cols = size.width() / p;
      double patches = rows * cols * (double) size.count();
      Cost cost = median(() -> {}, () -> engine.vision().encode(images));
      table.row(
          size.width() + " x " + size.height(),
          size.count(),
          patches,
          1e3 * cost.wallSeconds(),
          1e3 * cost.cpuSeconds(),
          patches / cost.wallSeconds(),
          size.count() * work.image(rows, cols) / cost.wallSeconds() / 1e9);
    }
    return table;
  }

  /** Prompts of one length, together. */
  public Measures prefill(List<int[]> sequencesAndTokens) throws Exception {
    Measures table =
        new Measures("Prefill", "sequences", "tokens each", "ms", "CPU-ms", "tokens/s", "GFLOP/s");
    for (int[] each : sequencesAndTokens) {
      Sequences sequences = new Sequences(each[0]);
      Cost cost = median(sequences::reopen, () -> sequences.forward(each[1]));
      sequences.close();
      double tokens = (double) each[0] * each[1];
      table.row(
          each[0],
          each[1],
          1e3 * cost.wallSeconds(),
          1e3 * cost.cpuSeconds(),
          tokens / cost.wallSeconds(),
          each[0] * work.prompt(each[1]) / cost.wallSeconds() / 1e9);
    }
    return table;
  }

  /** Steps of one token behind prompts of {@value #PROMPT}. */
  public Measures decode(List<Integer> counts) throws Exception {
    Measures table =
        new Measures("Decode", "sequences", "ms/step", "CPU-ms/step", "tokens/s", "GFLOP/s");
    for (int count : counts) {
      Sequences sequences = new Sequences(count);
      Cost cost =
          median(
                  () -> {
                    sequences.reopen();
                    sequences.forward(PROMPT);
                  },
                  () -> {
                    for (int i = 0; i < STEPS; i++) {
                      sequences.forward(1);
                    }
                  })
              .per(STEPS);
      sequences.close();
      double flops = count * (work.token(PROMPT + STEPS / 2) + work.head());
      table.row(
          count,
          1e3 * cost.wallSeconds(),
          1e3 * cost.cpuSeconds(),
          count / cost.wallSeconds(),
          flops / cost.wallSeconds() / 1e9);
    }
    return table;
  }

  /** Sequences of one cache, fed with rows of the embedding. */
  private final class Sequences {
    private final KvCache cache = engine.language().newCache(CACHE_TOKENS);
    private final List<KvSequence> open = new ArrayList<>();
    private final int count;

    Sequences(int count) {
      this.count = count;
    }

    void reopen() {
      close();
      for (int i = 0; i < count; i++) {
        open.add(cache.open());
      }
    }

    void close() {
      open.forEach(KvSequence::close);
      open.clear();
    }

    void forward(int tokens) {
      SplittableRandom random = new SplittableRandom(tokens);
      int hidden = engine.language().config().hiddenSize();
      float[] embedded = new float[count * tokens * hidden];
      int[] ids = random.ints((long) count * tokens, 0, model.tokenizer().vocabSize()).toArray();
      engine.language().embed(ids, 0, ids.length, embedded, 0);
      List<Span> spans = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        spans.add(new Span(open.get(i), embedded, i * tokens * hidden, tokens, 1));
      }
      engine.forward().forward(spans);
    }
  }

  private Cost median(Cost.Work before, Cost.Work measured) throws Exception {
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < repeats + 2; i++) {
      before.run();
      Cost cost = Cost.of(measured);
      if (i >= 2) { // the first two let the compiler see the code
        costs.add(cost);
      }
    }
    return Cost.median(costs);
  }

  private static RgbImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    SplittableRandom random = new SplittableRandom(width);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) random.nextInt(256);
    }
    return new RgbImage(width, height, rgb);
  }

  /** The stages of reading pages line by line, one after another, for each page. */
  public static Measures stages(KimiVl model, Settings settings, BenchPages pages, int tokens)
      throws Exception {
    BareReader reader = new BareReader(model, settings, tokens);
    List<byte[]> files = pages.bytes();
    reader.stages(files); // warms up
    BareReader.Staged staged = reader.stages(files);
    Measures table =
        new Measures("A page by stage, without Kafka and Flink", "stage", "ms", "CPU-ms");
    double wall = 0;
    double cpu = 0;
    for (var stage : staged.costs().entrySet()) {
      Cost each = stage.getValue().per(files.size());
      table.row(stage.getKey(), 1e3 * each.wallSeconds(), 1e3 * each.cpuSeconds());
      wall += each.wallSeconds();
      cpu += each.cpuSeconds();
    }
    double n = files.size();
    return table.row(
        String.format(
            Locale.ROOT,
            "all (%.1f lines, %.0f patches, %.0f prompt tokens, %.0f generated)",
            staged.work().lines() / n,
            staged.work().patches() / n,
            staged.work().prefill() / n,
            staged.work().decode() / n),
        1e3 * wall,
        1e3 * cpu);
  }
}
