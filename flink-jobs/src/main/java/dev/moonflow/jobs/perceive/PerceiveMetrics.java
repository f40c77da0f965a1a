package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.FeatureCache;
import dev.moonflow.model.engine.StepReport;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What the operator tells about itself, with vLLM's names: {@code requests_running}, {@code
 * requests_waiting}, {@code generation_tokens} as {@code tokens_generated_total}, and so on. Base
 * units: seconds, tokens, patches.
 */
final class PerceiveMetrics {
  private static final int WINDOW = 1_000;

  private final Counter generated = new ThreadSafeSimpleCounter();
  private final Counter prompt = new ThreadSafeSimpleCounter();
  private final Counter patches = new ThreadSafeSimpleCounter();
  private final Counter cacheHits = new ThreadSafeSimpleCounter();
  private final Counter cacheMisses = new ThreadSafeSimpleCounter();
  private final AtomicLong starvedNanos = new AtomicLong();
  private final Counter deadLetters = new ThreadSafeSimpleCounter();
  private final Histogram firstToken = new SecondsHistogram();
  private final Histogram endToEnd = new SecondsHistogram();
  private final Histogram batchRequests = new DescriptiveStatisticsHistogram(WINDOW);
  private final Histogram batchPatches = new DescriptiveStatisticsHistogram(WINDOW);
  private volatile int running;
  private volatile int waiting;

  PerceiveMetrics(
      MetricGroup group, double modelLoadSeconds, Gauge<Integer> inFlight, FeatureCache features) {
    group.counter("tokens_generated_total", generated);
    group.counter("prompt_tokens_total", prompt);
    group.counter("patches_encoded_total", patches);
    group.gauge("starved_seconds_total", () -> starvedNanos.get() / 1e9);
    group.counter("feature_cache_hits_total", cacheHits);
    group.counter("feature_cache_misses_total", cacheMisses);
    group.gauge("feature_cache_evictions_total", features::evictions); // of the TaskManager
    group.gauge("feature_cache_bytes", features::bytes); // of the TaskManager
    group.counter("dead_letters_total", deadLetters);
    group.histogram("time_to_first_token_seconds", firstToken);
    group.histogram("e2e_request_latency_seconds", endToEnd);
    group.histogram("batch_requests", batchRequests);
    group.histogram("batch_patches", batchPatches);
    group.gauge("requests_running", () -> running);
    group.gauge("requests_waiting", () -> waiting);
    group.gauge("requests_in_flight", inFlight);
    group.gauge("model_load_seconds", () -> modelLoadSeconds);
  }

  /** A step ended; called on the engine's thread. */
  void stepped(StepReport report) {
    running = report.running();
    waiting = report.waiting();
    generated.inc(report.decodeTokens());
    prompt.inc(report.prefillTokens());
    patches.inc(report.patches());
    cacheHits.inc(report.reuse().reused());
    cacheMisses.inc(report.reuse().encoded());
    int batch = report.running() + report.finished().size();
    if (batch > 0) {
      batchRequests.update(batch);
    }
    if (report.patches() > 0) {
      batchPatches.update(report.patches());
    }
  }

  void firstToken(long nanos) {
    firstToken.update(nanos);
  }

  void left(long nanos) {
    endToEnd.update(nanos);
  }

  void deadLetter() {
    deadLetters.inc();
  }

  /** The engine waited while a request was there; from any thread. */
  void starved(long nanos) {
    starvedNanos.addAndGet(nanos);
  }
}
