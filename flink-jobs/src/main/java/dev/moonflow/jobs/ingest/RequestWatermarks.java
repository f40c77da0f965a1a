package dev.moonflow.jobs.ingest;

import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks of one topic's requests. The time of a request is that of its event, which is known
 * only behind ingest, because sources hand on bytes undecoded; so each partition's time is followed
 * here, as a source would, and the watermark follows the slowest partition. One that says nothing
 * for a while does not count until it speaks again, and when none does the topic is idle: it holds
 * no other one up. A partition counts from its first request on.
 */
public final class RequestWatermarks implements WatermarkGenerator<PerceptionRequest> {
  private final long latenessMillis;
  private final long idleMillis;
  private final LongSupplier clockMillis;
  private final Map<Integer, Partition> partitions = new HashMap<>();
  private final long begunMillis;
  private long emitted = Long.MIN_VALUE;
  private boolean idle;

  /** Where the time of a partition stands, and when it was last heard of. */
  private static final class Partition {
    private long newest = Long.MIN_VALUE;
    private long heardMillis;
  }

  /**
   * A generator.
   *
   * @param lateness how far an event may lie behind the newest of its partition
   * @param idle silence after which a partition does not count
   * @param clockMillis what time it is
   */
  RequestWatermarks(Duration lateness, Duration idle, LongSupplier clockMillis) {
    latenessMillis = lateness.toMillis();
    idleMillis = idle.toMillis();
    this.clockMillis = clockMillis;
    begunMillis = clockMillis.getAsLong();
  }

  /** Event times and watermarks as the settings say. */
  public static WatermarkStrategy<PerceptionRequest> strategy(Settings settings) {
    Duration lateness = settings.get(KafkaOptions.WATERMARK_LATENESS);
    Duration idle = settings.get(KafkaOptions.WATERMARK_IDLE);
    return WatermarkStrategy.<PerceptionRequest>forGenerator(
            context -> new RequestWatermarks(lateness, idle, () -> System.nanoTime() / 1_000_000))
        .withTimestampAssigner((request, unused) -> request.subject().eventTimeMillis());
  }

  @Override
  public void onEvent(PerceptionRequest request, long timestamp, WatermarkOutput output) {
    Partition partition =
        partitions.computeIfAbsent(request.source().partition(), unused -> new Partition());
    partition.newest = Math.max(partition.newest, timestamp);
    partition.heardMillis = clockMillis.getAsLong();
    if (idle) {
      idle = false;
      output.markActive();
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    long now = clockMillis.getAsLong();
    long slowest = Long.MAX_VALUE;
    for (Partition partition : partitions.values()) {
      if (now - partition.heardMillis < idleMillis) {
        slowest = Math.min(slowest, partition.newest);
      }
    }
    if (slowest == Long.MAX_VALUE) {
      if (!idle && now - begunMillis >= idleMillis) {
        idle = true;
        output.markIdle();
      }
    } else if (slowest - latenessMillis - 1 > emitted) {
      emitted = slowest - latenessMillis - 1;
      output.emitWatermark(new Watermark(emitted));
    }
  }
}
