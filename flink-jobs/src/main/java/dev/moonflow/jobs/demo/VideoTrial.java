package dev.moonflow.jobs.demo;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.flink.Registry;
import dev.moonflow.jobs.cli.publish.EventSender;
import dev.moonflow.jobs.cli.results.OutputRecordView;
import dev.moonflow.jobs.cli.results.OutputTail;
import dev.moonflow.jobs.cli.results.TailUntil;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.VideoOptions;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.GenerationOptions;
import dev.moonflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How many streams of one frame a second this machine captions, and how soon: the job itself with
 * broker, registry and Flink in this process. First as fast as it goes, which tells the number of
 * streams; then so many in real time, which tells the delay.
 */
public final class VideoTrial {
  private static final Duration SILENCE_MAX = Duration.ofMinutes(10);

  /** Streams in real time: what is left of the machine evens out what comes at once. */
  private static final double LOAD = 0.7;

  private final Console console;
  private final DemoModel model;
  private final DeviceChoice device;
  private final Plan plan;

  /**
   * What is tried.
   *
   * @param seconds of each stream, in both parts
   * @param streams of the first part
   * @param windowSeconds of one caption
   * @param width of a frame
   * @param height of a frame
   * @param tokens that each caption has, whatever the model says
   */
  public record Plan(
      int seconds, int streams, int windowSeconds, int width, int height, int tokens) {}

  /** A trial. */
  public VideoTrial(Console console, DemoModel model, DeviceChoice device, Plan plan) {
    this.console = console;
    this.model = model;
    this.device = device;
    this.plan = plan;
  }

  /** A caption and when it could be read. */
  private record Read(CaptionResult caption, long nanos) {}

  /** Runs both parts and prints what came out. */
  public void run() throws Exception {
    Settings more =
        Settings.of(Map.of())
            .with(VideoOptions.WINDOW, plan.windowSeconds() + " s")
            .with(VideoOptions.LATENESS, "1 ms")
            .with(VideoOptions.IDLE, "1 h")
            .with(VideoOptions.KEEP, "1 h");
    try (Lifetime lifetime = new Lifetime()) {
      DemoServers servers = DemoServers.start(model, device, more, lifetime, console);
      EventSender sender = lifetime.add(new EventSender(servers.settings()));
      GenerationOptions options =
          GenerationOptions.newBuilder()
              .setMaxNewTokens(plan.tokens())
              .setIgnoreStopTokens(true)
              .build();
      TrialStreams streams = new TrialStreams(sender, plan.width(), plan.height(), options);
      // One window of one stream first: what the JVM compiles then is not measured.
      fast(servers, sender, streams, "warm", 1, 2 * plan.windowSeconds());
      double seconds = fast(servers, sender, streams, "fast", plan.streams(), plan.seconds());
      double sustained = (double) plan.streams() * plan.seconds() / seconds;
      console.line(
          "frames     %d x %d pixels, %d bytes, 1 a second, every one shows something new"
              .formatted(plan.width(), plan.height(), streams.frameBytes()));
      console.line(
          "captions   one per %d s of %d tokens, %d frames shown and 1 before them"
              .formatted(plan.windowSeconds(), plan.tokens(), VideoOptions.FRAMES.defaultValue()));
      console.line(
          format(
              "fast       %d streams of %d s in %.1f s: %.2f streams sustained",
              plan.streams(), plan.seconds(), seconds, sustained));
      int live = Math.max(1, (int) (sustained * LOAD));
      console.line(realTime(servers, sender, streams, live, sustained));
      servers.stopJob();
    }
  }

  /** Seconds from the first frame to the last caption, everything published at once. */
  private double fast(
      DemoServers servers,
      EventSender sender,
      TrialStreams streams,
      String name,
      int count,
      int seconds)
      throws Exception {
    Instant zero = alignedNow();
    long begin = System.nanoTime();
    for (int second = 0; second <= seconds; second++) {
      for (int stream = 0; stream < count; stream++) {
        streams.send(name + "-" + stream, second, at(zero, second));
      }
    }
    sender.flush();
    List<Read> read = await(servers, name, count * (seconds / plan.windowSeconds()));
    return (read.get(read.size() - 1).nanos() - begin) / 1e9;
  }

  private String realTime(
      DemoServers servers, EventSender sender, TrialStreams streams, int count, double sustained)
      throws Exception {
    Map<String, Long> sent = new ConcurrentHashMap<>();
    Instant zero = alignedNow();
    Thread publisher =
        new Thread(
            () -> {
              try {
                publish(sender, streams, count, zero, sent);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            "moonflow-trial-publisher");
    publisher.setDaemon(true);
    publisher.start();
    List<Read> read = await(servers, "live", count * (plan.seconds() / plan.windowSeconds()));
    publisher.join();
    List<Double> delays = new ArrayList<>();
    for (Read each : read) {
      Instant last = at(each.caption().getWindowEnd(), -1);
      delays.add((each.nanos() - sent.get(each.caption().getSourceId() + last)) / 1e9);
    }
    Collections.sort(delays);
    return format(
        "real time  %d stream%s for %d s (%.0f %% of it): a window's last frame to its caption,"
            + " committed, the second until the next frame included: p50 %.2f s, p99 %.2f s of %d captions%s",
        count,
        count == 1 ? "" : "s",
        plan.seconds(),
        100 * count / sustained,
        at(delays, 0.5),
        at(delays, 0.99),
        delays.size(),
        count > sustained ? "; more than this machine sustains" : "");
  }

  private void publish(
      EventSender sender, TrialStreams streams, int count, Instant zero, Map<String, Long> sent)
      throws Exception {
    long begin = System.nanoTime();
    for (int second = 0; second <= plan.seconds(); second++) {
      long wait = begin + TimeUnit.SECONDS.toNanos(second) - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
      for (int stream = 0; stream < count; stream++) {
        String name = "live-" + stream;
        sent.put(name + at(zero, second), System.nanoTime());
        streams.send(name, second, at(zero, second));
      }
      sender.flush();
    }
  }

  private List<Read> await(DemoServers servers, String name, int count) throws Exception {
    List<Read> read = new ArrayList<>();
    Map<String, Boolean> ids = new HashMap<>();
    try (OutputRecordView view = new OutputRecordView(Registry.settings(servers.settings()));
        OutputTail tail = new OutputTail(servers.settings(), Set.of(Topics.CAPTIONS), false)) {
      TailUntil until =
          new TailUntil(true, SILENCE_MAX, Long.MAX_VALUE).until(() -> read.size() >= count);
      long unused =
          tail.run(
              until,
              (topic, kafkaRecord) -> {
                CaptionResult caption = (CaptionResult) view.value(topic, kafkaRecord);
                if (caption.getSourceId().startsWith(name + "-")
                    && ids.put(caption.getId(), true) == null) {
                  read.add(new Read(caption, System.nanoTime()));
                }
              });
    }
    if (read.size() < count) {
      throw new IllegalStateException(
          "only " + read.size() + " of " + count + " captions came; dead letters tell why");
    }
    return read;
  }

  /** Frames lie in the middle of their seconds, so that the next window's first one closes one. */
  private static Instant at(Instant zero, int second) {
    return zero.plusSeconds(second).plusMillis(500);
  }

  /** Now, at the beginning of a window. */
  private Instant alignedNow() {
    long seconds = Instant.now().getEpochSecond();
    return Instant.ofEpochSecond(seconds - seconds % plan.windowSeconds());
  }

  private static double at(List<Double> sorted, double quantile) {
    int rank = (int) Math.ceil(quantile * sorted.size());
    return sorted.get(Math.max(1, rank) - 1);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
