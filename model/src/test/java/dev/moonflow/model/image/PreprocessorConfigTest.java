package dev.moonflow.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessorConfigTest {
  @TempDir private Path folder;

  private PreprocessorConfig read(String json) throws IOException {
    Files.writeString(folder.resolve(PreprocessorConfig.FILE_NAME), json);
    return PreprocessorConfig.read(folder);
  }

  @Test
  void thePublishedSettingsAreRead() throws IOException {
    Path golden = Path.of(System.getProperty("moonflow.golden.dir"));
    PreprocessorConfig config = PreprocessorConfig.read(golden.resolve("checkpoint"));
    assertThat(config.patchSize()).isEqualTo(14);
    assertThat(config.inTokenLimit()).isEqualTo(4096);
    assertThat(config.padInput()).isTrue();
    assertThat(config.mean()).containsExactly(0.5f, 0.5f, 0.5f);
    assertThat(config.std()).containsExactly(0.5f, 0.5f, 0.5f);
    assertThat(config.mergeRows()).isEqualTo(2);
    assertThat(config.pooledTokens()).isEqualTo(1024);
  }

  @Test
  void absentFieldsHaveTheValuesOfTheModelsOwnClassAndNotThoseOfItsFile() throws IOException {
    PreprocessorConfig config = read("{}");
    assertThat(config.padInput()).isFalse();
    assertThat(config.inTokenLimit()).isEqualTo(4096);
    assertThat(config.mean()).containsExactly(0.48145466f, 0.4578275f, 0.40821073f);
    assertThat(config.std()).containsExactly(0.26862954f, 0.26130258f, 0.27577711f);
  }

  @Test
  void aMissingFileIsAnErrorAndNotADefault() {
    assertThatThrownBy(() -> PreprocessorConfig.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("preprocessor_config.json is missing");
  }

  @Test
  void everyBadValueIsNamed() {
    assertRefused("{\"patch_size\": 0}", "patch_size");
    assertRefused("{\"patch_size\": 14.5}", "patch_size");
    assertRefused("{\"in_token_limit\": -1}", "in_token_limit");
    assertRefused("{\"in_token_limit\": 99999999999}", "in_token_limit");
    assertRefused("{\"pad_input\": \"yes\"}", "pad_input");
    assertRefused("{\"image_mean\": [0.5, 0.5]}", "image_mean");
    assertRefused("{\"image_mean\": [\"a\", 0.5, 0.5]}", "image_mean");
    assertRefused("{\"image_std\": [0.5, 0, 0.5]}", "image_std");
    assertRefused("{\"merge_kernel_size\": [2]}", "merge_kernel_size");
    assertRefused("{\"merge_kernel_size\": [2, 0]}", "merge_kernel_size");
    assertRefused("[]", "object");
    assertThatThrownBy(() -> read("{")).hasMessageContaining("is not JSON");
  }

  private void assertRefused(String json, String field) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field)
        .hasMessageContaining(PreprocessorConfig.FILE_NAME);
  }
}
