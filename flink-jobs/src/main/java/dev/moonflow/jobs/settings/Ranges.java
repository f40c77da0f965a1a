package dev.moonflow.jobs.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;

/** The smallest and largest value of every numeric option. */
final class Ranges {
  /** Both ends belong to the range. */
  record Range(double min, double max) {
    boolean holds(Number value) {
      double v = value.doubleValue();
      return v >= min && v <= max;
    }

    @Override
    public String toString() {
      String from = min == Float.MIN_VALUE ? "above 0" : plain(min);
      return from + " to " + plain(max);
    }

    private static String plain(double v) {
      return v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v);
    }
  }

  private static final Map<ConfigOption<?>, Range> ALL = new LinkedHashMap<>();

  static {
    put(RegistryOptions.RETRIES, 0, 100);
    put(ModelOptions.REQUESTS_RUNNING, 1, 4_096);
    put(ModelOptions.REQUESTS_IN_FLIGHT, 1, 65_536);
    put(ModelOptions.PREPARE_THREADS, 1, 256);
    put(ModelOptions.MATH_THREADS, 1, 1_024);
    put(ModelOptions.PATCHES_PER_STEP, 4, 1 << 24);
    put(ModelOptions.TOKENS_PER_STEP, 1, 1 << 20);
    put(ModelOptions.CACHE_TOKENS, 2, Integer.MAX_VALUE);
    put(ModelOptions.PATCHES_PER_REQUEST, 4, 1 << 24);
    put(ModelOptions.CONTEXT_TOKENS, 2, 1 << 24);
    put(SamplingOptions.MAX_NEW_TOKENS, 1, 1 << 20);
    put(SamplingOptions.MAX_NEW_TOKENS_LIMIT, 1, 1 << 20);
    put(SamplingOptions.TEMPERATURE, 0, 2);
    put(SamplingOptions.TOP_P, Float.MIN_VALUE, 1);
    put(LimitOptions.IMAGE_PIXELS, 1, (Integer.MAX_VALUE - 8) / 3);
    put(LimitOptions.IMAGE_SIDE_PIXELS, 1, 1 << 24);
    put(LimitOptions.DOCUMENT_PAGES, 1, 100_000);
    put(LimitOptions.QUESTION_IMAGES, 0, 4_096);
    put(LimitOptions.TEXT_CHARACTERS, 1, 100_000_000);
    put(LimitOptions.QUESTION_MESSAGES, 1, 100_000);
    put(LimitOptions.DOCUMENT_DPI, 36, 600);
    put(LimitOptions.DOCUMENT_LINE_HEIGHT, 8, 512);
    put(LimitOptions.DOCUMENT_PAGES_AHEAD, 1, 64);
    put(VideoOptions.SOURCE_RATE, 0.001, 240);
    put(VideoOptions.NOVELTY, 0, 1);
    put(VideoOptions.FRAMES, 1, 64);
    put(VideoOptions.CONTEXT_FRAMES, 0, 16);
    put(VideoOptions.CAPTIONS, 0, 16);
    put(JobOptions.PARALLELISM, 1, 32_768);
    put(JobOptions.MAX_PARALLELISM, 1, 32_768);
  }

  private Ranges() {}

  static Optional<Range> of(ConfigOption<?> option) {
    return Optional.ofNullable(ALL.get(option));
  }

  private static void put(ConfigOption<? extends Number> option, double min, double max) {
    ALL.put(option, new Range(min, max));
  }
}
