package dev.moonflow.jobs.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.Documents;
import dev.moonflow.jobs.ingest.FrameWindow;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.RetrySettings;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The delay from a frame to its caption is a metric. */
class CaptionDelayTest {
  private static final long NOW = 100_000;

  private static Perceived caption(RequestKind kind, long publishedMillis) {
    Subject subject =
        Subject.of("gate", "gate-1", kind, 5, Map.of()).with(new FrameWindow(0, 10_000, 2, 0, 0));
    RawRecord newest =
        new RawRecord("frames", 0, 1, publishedMillis, "gate".getBytes(UTF_8), null, List.of());
    return new Perceived.Generated(
        subject,
        newest,
        "model",
        1,
        "a gate",
        null,
        new int[] {1},
        1,
        FinishReason.STOP,
        new float[] {0});
  }

  @Test
  void theDelayFromTheNewestFrameToItsCaptionIsAHistogram() throws Exception {
    InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();
    MockEnvironment environment =
        new MockEnvironmentBuilder()
            .setMetricGroup(
                new InterceptingTaskMetricGroup() {
                  @Override
                  public InternalOperatorMetricGroup getOrAddOperator(
                      OperatorID id, String name, Map<String, String> variables) {
                    return metrics;
                  }
                })
            .build();
    try (Documents documents = new Documents();
        var harness =
            new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ResultsFunction(settings(documents))),
                (Perceived perceived) -> perceived.subject().key(),
                Types.STRING,
                environment)) {
      harness.setup(OutputRecord.TYPE.createSerializer(null));
      harness.open();
      harness.setProcessingTime(NOW);
      for (long delay : List.of(1_000L, 2_000L, 3_000L)) {
        harness.processElement(new StreamRecord<>(caption(RequestKind.WINDOW, NOW - delay)));
      }
      Histogram delays = (Histogram) metrics.get("frame_to_caption_seconds");
      assertThat(delays.getCount()).isEqualTo(3);
      assertThat(delays.getStatistics().getQuantile(0.5)).isCloseTo(2, within(1e-9));
      assertThat(delays.getStatistics().getMax()).isEqualTo(3);

      harness.processElement(new StreamRecord<>(caption(RequestKind.UNCHANGED_WINDOW, NOW - 4)));
      harness.processElement(new StreamRecord<>(caption(RequestKind.FRAME, NOW + 70)));
      assertThat(delays.getCount()).isEqualTo(5);
      assertThat(delays.getStatistics().getMin()).isZero();

      // Neither is a frame of a video whose time is known.
      harness.processElement(new StreamRecord<>(caption(RequestKind.IMAGE_CAPTION, NOW - 4)));
      harness.processElement(new StreamRecord<>(caption(RequestKind.FRAME, -1)));
      assertThat(delays.getCount()).isEqualTo(5);
    }
  }

  private static ResultsSettings settings(Documents documents) {
    return new ResultsSettings(
        documents.registrySettings(),
        RetrySettings.of(Settings.of(Map.of())),
        Topics.OCR.defaultName(),
        Topics.CAPTIONS.defaultName(),
        Topics.ANSWERS.defaultName(),
        Topics.DEAD_LETTERS.defaultName(),
        1 << 20,
        Duration.ofHours(1),
        "job",
        "{}");
  }
}
