package dev.moonflow.jobs.bench;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.jobs.perceive.PerceiveSettings;
import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.SamplingOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.engine.ContinuousBatchingEngine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.EngineModel;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.model.layout.LayoutOptions;
import dev.moonflow.model.layout.PageAnalyzer;
import dev.moonflow.model.layout.PageLayout;
import dev.moonflow.model.layout.PageResampler;
import dev.moonflow.model.layout.TextLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Pages read line by line with the library alone: the pipeline's work without Kafka and Flink. */
final class BareReader {

  private final KimiVl model;
  private final EngineLimits limits;
  private final int threads;
  private final int tokens;
  private final String prompt;
  private final int lineHeight;

  /**
   * A reader.
   *
   * @param tokens generated for each line, past stop tokens
   */
  BareReader(KimiVl model, Settings settings, int tokens) {
    PerceiveSettings perceive = new PerceiveSettings(settings);
    this.model = model;
    this.limits = perceive.engine();
    this.threads = perceive.prepareThreads();
    this.tokens = tokens;
    prompt = settings.get(SamplingOptions.PROMPT_LINE);
    lineHeight = settings.get(LimitOptions.DOCUMENT_LINE_HEIGHT);
  }

  /**
   * What some pages came to.
   *
   * @param lines requests
   * @param patches of vision
   * @param prefill prompt tokens computed
   * @param decode tokens generated
   */
  record Work(int lines, long patches, long prefill, long decode) {}

  /** What stages cost, and what they did. */
  record Staged(Map<String, Cost> costs, Work work) {}

  /** Stage after stage over all pages, so that each can be timed by itself. */
  Staged stages(List<byte[]> pages) throws Exception {
    StageClock clock = new StageClock();
    List<RgbImage> images = new ArrayList<>();
    clock.time("decode the file", () -> pages.forEach(page -> images.add(decode(page))));
    List<PageLayout> layouts = new ArrayList<>();
    clock.time("layout", () -> images.forEach(image -> layouts.add(layout(image))));
    List<RgbImage> lines = new ArrayList<>();
    clock.time(
        "cut lines",
        () -> {
          for (int i = 0; i < images.size(); i++) {
            lines.addAll(cut(images.get(i), layouts.get(i)));
          }
        });
    EngineModel watched = clock.watched(model.engineModel());
    try (ContinuousBatchingEngine engine = new ContinuousBatchingEngine(watched, limits)) {
      List<PreparedRequest> requests = new ArrayList<>();
      clock.time(
          "prepare",
          () -> {
            for (RgbImage line : lines) {
              requests.add(engine.prepare(request(Integer.toString(requests.size()), line)));
            }
          });
      requests.forEach(engine::submit);
      Work[] work = new Work[1];
      Cost all = Cost.of(() -> work[0] = finish(engine, lines.size(), () -> false));
      Cost rest = all;
      for (String stage : List.of("vision", "prefill", "decode")) {
        Cost part = clock.costs().getOrDefault(stage, new Cost(0, 0));
        rest =
            new Cost(
                rest.wallSeconds() - part.wallSeconds(), rest.cpuSeconds() - part.cpuSeconds());
      }
      clock.costs().put("schedule and sample", rest);
      return new Staged(clock.costs(), work[0]);
    }
  }

  /** As fast as it goes: threads prepare ahead while the engine steps. */
  Work read(List<byte[]> pages) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    AtomicInteger left = new AtomicInteger(pages.size());
    AtomicInteger lines = new AtomicInteger();
    try (ContinuousBatchingEngine engine = model.newEngine(limits)) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int page = 0; page < pages.size(); page++) {
        byte[] file = pages.get(page);
        tasks.add(
            pool.submit(
                () -> {
                  RgbImage image = decode(file);
                  for (RgbImage line : cut(image, layout(image))) {
                    String id = Integer.toString(lines.getAndIncrement());
                    engine.submit(engine.prepare(request(id, line)));
                  }
                  return left.decrementAndGet();
                }));
      }
      Work work = finish(engine, 0, () -> left.get() > 0 && !failed(tasks));
      for (Future<?> task : tasks) {
        task.get();
      }
      return work;
    } finally {
      pool.shutdownNow();
    }
  }

  private static boolean failed(List<Future<?>> tasks) {
    for (Future<?> task : tasks) {
      if (task.isDone()) {
        try {
          task.get();
        } catch (Exception e) {
          return true;
        }
      }
    }
    return false;
  }

  private interface More {
    boolean comes();
  }

  private static Work finish(ContinuousBatchingEngine engine, int submitted, More more)
      throws InterruptedException {
    int lines = 0;
    long patches = 0;
    long prefill = 0;
    long decode = 0;
    while (true) {
      boolean comes = more.comes();
      var report = engine.step();
      patches += report.patches();
      prefill += report.prefillTokens();
      decode += report.decodeTokens();
      for (Progress finished : report.finished()) {
        if (finished.error() != null) {
          throw new IllegalStateException("a line failed: " + finished.error());
        }
        engine.release(finished.id());
        lines++;
      }
      if (report.running() + report.waiting() == 0) {
        if (!comes && lines >= submitted) {
          return new Work(lines, patches, prefill, decode);
        }
        Thread.sleep(1);
      }
    }
  }

  private GenerationRequest request(String id, RgbImage line) {
    SamplingParameters sampling = new SamplingParameters(0f, 1f, 0L, true);
    Message message =
        new Message("user", List.of(new ContentPart.Image(line), new ContentPart.Text(prompt)));
    return new GenerationRequest(id, List.of(message), sampling, tokens, new int[0], null);
  }

  private static RgbImage decode(byte[] file) {
    try {
      DecodedImage image = ImageReader.decode(file, MediaLimits.DEFAULT);
      return new RgbImage(image.width(), image.height(), image.rgb());
    } catch (Exception e) {
      throw new IllegalArgumentException("a page cannot be decoded: " + e.getMessage(), e);
    }
  }

  private static PageLayout layout(RgbImage image) {
    return PageAnalyzer.analyze(image, LayoutOptions.DEFAULT);
  }

  private List<RgbImage> cut(RgbImage image, PageLayout layout) {
    PageResampler resampler = new PageResampler(image, layout.transform());
    List<RgbImage> lines = new ArrayList<>();
    for (TextLine line : layout.lines()) {
      lines.add(resampler.line(line.box(), lineHeight));
    }
    return lines;
  }
}
