package dev.moonflow.jobs.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class MoonflowJobTest {
  private static final Settings SETTINGS =
      Settings.of(
          Map.of(
              "moonflow.kafka.bootstrap-servers", "nowhere:9092",
              "moonflow.registry.url", "http://nowhere",
              "moonflow.model.path", "/models/none",
              "moonflow.job.parallelism", "3"));

  private static StreamExecutionEnvironment build(Settings settings) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    MoonflowJob.build(environment, settings);
    return environment;
  }

  @Test
  void stateIsFoundAgainUnderTheseIds() {
    List<String> ids =
        build(SETTINGS).getStreamGraph().getStreamNodes().stream()
            .map(StreamNode::getTransformationUID)
            .filter(Objects::nonNull)
            .toList();
    assertThat(ids)
        .contains(
            "source-images",
            "source-documents",
            "source-frames",
            "source-questions",
            "ingest-images",
            "ingest-documents",
            "ingest-frames",
            "ingest-questions",
            "watermarks-images",
            "watermarks-documents",
            "watermarks-frames",
            "watermarks-questions",
            "perceive",
            "results")
        .anyMatch(id -> id.contains("sink-ocr"))
        .anyMatch(id -> id.contains("sink-captions"))
        .anyMatch(id -> id.contains("sink-answers"))
        .anyMatch(id -> id.contains("sink-dead-letters"));
  }

  @Test
  void checkpointsAreExactlyOnceAndStayWhenTheJobIsCancelled() {
    StreamExecutionEnvironment environment = build(SETTINGS);
    assertThat(environment.getParallelism()).isEqualTo(3);
    assertThat(environment.getMaxParallelism()).isEqualTo(128);
    var checkpoints = environment.getCheckpointConfig();
    assertThat(checkpoints.getCheckpointInterval()).isEqualTo(10_000);
    assertThat(checkpoints.getCheckpointingConsistencyMode())
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    assertThat(checkpoints.getExternalizedCheckpointRetention())
        .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
  }

  @Test
  void settingsThatCannotWorkAreRefusedBeforeAnythingIsBuilt() {
    assertThatThrownBy(() -> build(SETTINGS.with("moonflow.engine.tokens", "5")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("moonflow.engine.tokens");
  }

  @Test
  void argumentsAreAFileAndPairs() {
    Settings settings =
        MoonflowJobMain.parse(new String[] {"--set", "moonflow.device=cpu", "--set", "a=b"});
    assertThat(settings.asMap()).isEqualTo(Map.of("moonflow.device", "cpu", "a", "b"));
    assertThatThrownBy(() -> MoonflowJobMain.parse(new String[] {"--conf", "x"}))
        .hasMessage("unknown argument --conf; use --config FILE and --set key=value");
    assertThatThrownBy(() -> MoonflowJobMain.parse(new String[] {"--set"}))
        .hasMessage("--set needs a value");
  }
}
