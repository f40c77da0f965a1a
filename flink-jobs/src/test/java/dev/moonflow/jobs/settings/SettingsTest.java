package dev.moonflow.jobs.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.device.DeviceChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path folder;

  private static Settings enough() {
    return Settings.of(
        Map.of(
            "moonflow.kafka.bootstrap-servers", "localhost:9092",
            "moonflow.registry.url", "http://localhost:8081",
            "moonflow.model.path", "models/moonlet"));
  }

  @Test
  void aFileMayBeNestedOrDottedAndPairsOverrideIt() throws IOException {
    Path file = folder.resolve("moonflow.yaml");
    Files.writeString(
        file,
        """
        moonflow:
          device: opencl
          kafka:
            properties:
              security.protocol: SSL
        moonflow.engine.requests-running: 8
        state.backend.type: rocksdb
        """);

    Settings settings =
        Settings.load(file, List.of("moonflow.engine.requests-running=9", "a.b = c=d"));

    assertThat(settings.get(ModelOptions.DEVICE)).isEqualTo(DeviceChoice.OPENCL);
    assertThat(settings.get(ModelOptions.REQUESTS_RUNNING)).isEqualTo(9);
    assertThat(settings.get(KafkaOptions.PROPERTIES)).containsEntry("security.protocol", "SSL");
    assertThat(settings.flinkConfiguration().toMap())
        .isEqualTo(Map.of("state.backend.type", "rocksdb", "a.b", "c=d"));
  }

  @Test
  void enoughSettingsPassAndTravel() throws Exception {
    Settings settings = enough().with(JobOptions.CHECKPOINT_INTERVAL, "300ms").check();
    Settings there = InstantiationUtil.clone(settings);
    assertThat(there.get(JobOptions.CHECKPOINT_INTERVAL)).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void anUnknownKeyNamesTheNearestOne() {
    assertThatThrownBy(() -> enough().with("moonflow.engine.request-runing", "1").check())
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "There is no setting moonflow.engine.request-runing; did you mean"
                + " moonflow.engine.requests-running?");
  }

  @Test
  void whatCannotWorkIsNamedInOneSentence() {
    refused("moonflow.engine.requests-running", "0", "must lie in 1 to 4096, got 0.");
    refused("moonflow.engine.requests-running", "many", "cannot be read from \"many\".");
    refused("moonflow.device", "gpu", "cannot be read from \"gpu\".");
    refused("moonflow.generation.temperature", "NaN", "must lie in 0 to 2, got NaN.");
    refused("moonflow.checkpoint.interval", "0 s", "must be at least 1 ms, got 0 ns.");
    refused("moonflow.limit.payload-bytes", "4g", "must lie in 1 to");
    refused("moonflow.topic.ocr", "moonflow.images", "must not name the same topic");
    refused("moonflow.generation.max-new-tokens", "9000", "must not be above");
    refused("moonflow.kafka.transaction-timeout", "5 s", "must be above");
    refused("moonflow.prompt.ocr", " ", "must not be empty.");
  }

  private static void refused(String key, String value, String why) {
    assertThatThrownBy(() -> enough().with(key, value).check())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(why);
  }

  @Test
  void whatIsRequiredIsAskedFor() {
    assertThatThrownBy(() -> Settings.of(Map.of()).check())
        .isInstanceOf(SettingsException.class)
        .hasMessage("Setting moonflow.kafka.bootstrap-servers is required and not given.");
  }

  @Test
  void filesThatAreNotSettingsAreRefused() throws IOException {
    Path file = folder.resolve("bad.yaml");
    assertThatThrownBy(() -> Settings.load(file, List.of())).hasMessageContaining("does not exist");
    Files.writeString(file, "- a\n- b\n");
    assertThatThrownBy(() -> Settings.load(file, List.of()))
        .hasMessageContaining("keys and values");
    Files.writeString(file, "a: [\n");
    assertThatThrownBy(() -> Settings.load(file, List.of())).hasMessageContaining("at line");
    assertThatThrownBy(() -> Settings.load(null, List.of("x")))
        .hasMessage("--set needs key=value, got \"x\".");
  }

  @Test
  void theReferencePageIsUpToDate() throws IOException {
    Path page = Path.of(System.getProperty("moonflow.root.dir"), "docs", "settings.md");
    assertThat(Files.readString(page))
        .as("write it anew with SettingsReference.main %s", page)
        .isEqualTo(SettingsReference.page());
  }

  @Test
  void everyOptionIsDocumentedAndInPlace() {
    assertThat(OptionCatalog.all())
        .allSatisfy(
            option -> {
              assertThat(option.key()).matches("moonflow(\\.[a-z0-9]+(-[a-z0-9]+)*)+");
              assertThat(option.description()).isNotNull();
              if (option.defaultValue() instanceof Number) {
                assertThat(Ranges.of(option)).as(option.key()).isPresent();
              }
            });
  }
}
