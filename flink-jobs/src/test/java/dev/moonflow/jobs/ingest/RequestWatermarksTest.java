package dev.moonflow.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.model.engine.SamplingParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class RequestWatermarksTest {
  private final List<String> told = new ArrayList<>();
  private long now = 1_000;
  private final RequestWatermarks watermarks =
      new RequestWatermarks(Duration.ofMillis(100), Duration.ofSeconds(30), () -> now);

  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          told.add("W" + watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
          told.add("idle");
        }

        @Override
        public void markActive() {
          told.add("active");
        }
      };

  private void event(int partition, long time) {
    PerceptionRequest request =
        new PerceptionRequest(
            Subject.of("key", "id", RequestKind.QUESTION, time, Map.of()),
            new RawRecord("questions", partition, 1, 1, null, new byte[0], List.of()),
            List.of(),
            new SamplingParameters(0f, 1f, 0, false),
            1);
    watermarks.onEvent(request, request.subject().eventTimeMillis(), output);
  }

  private void tick(long millis) {
    now += millis;
    watermarks.onPeriodicEmit(output);
  }

  @Test
  void theWatermarkStaysBehindTheNewestEvent() {
    event(0, 5_000);
    event(0, 4_000);
    tick(200);
    tick(200);
    event(0, 6_000);
    tick(200);
    assertThat(told).containsExactly("W4899", "W5899");
  }

  @Test
  void theSlowestPartitionDecides() {
    event(0, 9_000);
    event(1, 5_000);
    tick(200);
    event(1, 7_000);
    tick(200);
    assertThat(told).containsExactly("W4899", "W6899");
  }

  @Test
  void aSilentPartitionIsNotWaitedFor() {
    event(1, 5_000);
    event(0, 6_000);
    tick(29_000);
    event(0, 9_000);
    tick(2_000);
    assertThat(told).containsExactly("W4899", "W8899");
  }

  @Test
  void aPartitionThatSpeaksAgainDoesNotTurnTimeBack() {
    event(1, 5_000);
    event(0, 9_000);
    tick(31_000);
    event(0, 9_500);
    tick(200);
    event(1, 5_100);
    tick(200);
    event(1, 9_800);
    event(0, 9_900);
    tick(200);
    assertThat(told).containsExactly("idle", "active", "W9399", "W9699");
  }

  @Test
  void aTopicThatNeverSpeaksBecomesIdleOnce() {
    tick(29_000);
    assertThat(told).isEmpty();
    tick(2_000);
    tick(2_000);
    assertThat(told).containsExactly("idle");
    event(0, 3_000);
    tick(200);
    assertThat(told).containsExactly("idle", "active", "W2899");
  }
}
