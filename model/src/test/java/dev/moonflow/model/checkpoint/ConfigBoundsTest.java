package dev.moonflow.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A configuration of one number too large is refused before anything is planned for it. */
class ConfigBoundsTest {
  @TempDir Path dir;

  private static String golden() throws Exception {
    return Files.readString(
        Path.of(System.getProperty("moonflow.golden.dir"), "checkpoint", "config.json"));
  }

  @ParameterizedTest
  @CsvSource({
    "num_hidden_layers, 65536, must be at most 1024",
    "num_hidden_layers, 2147483647, must be at most 1024",
    "n_routed_experts, 100000000, over all layers",
  })
  void aCountOfTensorsHasABound(String field, String value, String reason) throws Exception {
    String pattern = "(\"" + field + "\"\\s*:\\s*)[0-9]+";
    Path file = dir.resolve("config.json");
    Files.writeString(file, golden().replaceAll(pattern, "$1" + value));
    assertThatThrownBy(() -> KimiVlConfig.read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(field)
        .hasMessageContaining(reason);
  }

  @Test
  void theGoldenOneIsWithinThem() throws Exception {
    Path file = Files.writeString(dir.resolve("config.json"), golden());
    assertThat(KimiVlConfig.read(file).text().layers()).isPositive();
  }
}
