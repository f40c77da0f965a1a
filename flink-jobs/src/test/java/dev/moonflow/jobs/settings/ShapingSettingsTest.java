package dev.moonflow.jobs.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapingSettingsTest {
  private static final Settings JOB =
      Settings.of(
          Map.of(
              "moonflow.prompt.ocr", "Read \"this\".",
              "moonflow.topic.ocr", "texts",
              "moonflow.kafka.properties.sasl.jaas.config", "secret",
              "moonflow.registry.properties.basic.auth.user.info", "a:secret",
              "moonflow.video.sources", "gate=rtsp://a:secret@b/c",
              "moonflow.model.path", "/models/one",
              "s3.secret-key", "secret"));

  @Test
  void aResultCarriesWhatShapesItAndNoSecret() {
    assertThat(ShapingSettings.of(JOB))
        .isEqualTo(
            "{\"moonflow.prompt.ocr\":\"Read \\\"this\\\".\",\"moonflow.topic.ocr\":\"texts\"}");
  }

  @Test
  void whatShapesComesFromTheResultAndTheRestFromHere() {
    Settings here =
        Settings.of(
            Map.of(
                "moonflow.model.path", "/models/two",
                "moonflow.prompt.line", "of another job",
                "moonflow.topic.ocr", "of another job"));
    assertThat(ShapingSettings.over(here, ShapingSettings.of(JOB)).asMap())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "moonflow.model.path", "/models/two",
                "moonflow.prompt.ocr", "Read \"this\".",
                "moonflow.topic.ocr", "texts"));
  }

  @Test
  void aHeaderCannotSayWhereThingsAre() {
    for (String wrong :
        new String[] {
          "{\"moonflow.kafka.bootstrap-servers\":\"evil:1\"}",
          "{\"moonflow.model.path\":\"/evil\"}",
          "{\"moonflow.prompt.ocr\":1}",
          "[]",
          "{"
        }) {
      assertThatThrownBy(() -> ShapingSettings.over(JOB, wrong))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith("The settings of the result ");
    }
  }
}
