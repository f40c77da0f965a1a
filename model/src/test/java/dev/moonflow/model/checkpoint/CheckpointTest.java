package dev.moonflow.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.model.GoldenFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {

  private static final String HEAD = "language_model.lm_head.weight";

  @TempDir Path dir;

  @Test
  void theShardedBf16CheckpointIsTheSingleOneRounded() {
    try (Checkpoint single = Checkpoint.open(GoldenFolder.path("checkpoint"));
        Checkpoint sharded = Checkpoint.open(GoldenFolder.path("checkpoint_bf16_sharded"))) {
      assertThat(sharded.names()).isEqualTo(single.names()).hasSizeGreaterThan(100);
      assertThat(sharded.config()).isEqualTo(single.config());
      int vocab = single.config().text().vocabSize();
      int hidden = single.config().text().hiddenSize();
      float[] exact = single.floats(HEAD, vocab, hidden);
      short[] rounded = sharded.bf16(HEAD, vocab, hidden);
      assertThat(sharded.isBf16(HEAD)).isTrue();
      for (int i = 0; i < exact.length; i++) {
        assertThat(rounded[i]).isEqualTo(FloatFormats.floatToBf16(exact[i]));
      }
      assertThat(sharded.fingerprint()).isNotEqualTo(single.fingerprint()).hasSize(64);
    }
  }

  @Test
  void aShapeThatDiffersIsRefusedNamingTensorFileAndBothShapes() {
    try (Checkpoint checkpoint = Checkpoint.open(GoldenFolder.path("checkpoint"))) {
      assertThatThrownBy(() -> checkpoint.floats(HEAD, 1, 2))
          .hasMessageContaining("model.safetensors")
          .hasMessageContaining(HEAD)
          .hasMessageContaining("[1, 2]")
          .hasMessageContaining(
              "["
                  + checkpoint.config().text().vocabSize()
                  + ", "
                  + checkpoint.config().text().hiddenSize()
                  + "]");
      assertThatThrownBy(() -> checkpoint.floats("nothing", 1))
          .hasMessageContaining("has no tensor nothing");
    }
  }

  @Test
  void theFingerprintFollowsSettingsAndWeightsAndNotThePlace() throws IOException {
    String original = fingerprint(GoldenFolder.path("checkpoint"));
    copy(GoldenFolder.path("checkpoint"), dir);
    assertThat(fingerprint(dir)).isEqualTo(original);
    byte[] weights = Files.readAllBytes(dir.resolve("model.safetensors"));
    int header = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    weights[8 + header] ^= 1;
    Files.write(dir.resolve("model.safetensors"), weights);
    String otherWeights = fingerprint(dir);
    assertThat(otherWeights).isNotEqualTo(original);
    Files.writeString(dir.resolve("generation_config.json"), "{\"eos_token_id\": 1}");
    assertThat(fingerprint(dir)).isNotEqualTo(otherWeights).isNotEqualTo(original);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"q_lora_rank\": null | \"q_lora_rank\": 1536 | text_config.q_lora_rank is 1536, and only null",
        "\"rope_scaling\": null | \"rope_scaling\": {\"type\": \"yarn\"} | text_config.rope_scaling is",
        "\"scoring_func\": \"sigmoid\" | \"scoring_func\": \"softmax\" | text_config.scoring_func is \"softmax\"",
        "\"hidden_act\": \"silu\" | \"hidden_act\": \"gelu\" | text_config.hidden_act",
        "\"topk_method\": \"noaux_tc\" | \"topk_method\": \"greedy\" | text_config.topk_method",
        "\"kv_lora_rank\": 32 | \"kv_lora_rank\": \"32\" | text_config.kv_lora_rank must be an integer",
        "\"kv_lora_rank\": 32, | | text_config.kv_lora_rank must be an integer of at least 1, found nothing",
        "\"n_group\": 1 | \"n_group\": 3 | text_config.n_group must divide n_routed_experts",
        "\"qk_rope_head_dim\": 8 | \"qk_rope_head_dim\": 7 | text_config.qk_rope_head_dim must be even",
        "\"rms_norm_eps\": 1e-05 | \"rms_norm_eps\": 0 | text_config.rms_norm_eps must be a number above 0",
        "\"model_type\": \"moonvit\" | \"model_type\": \"siglip\" | vision_config.model_type is \"siglip\"",
        "\"media_placeholder_token_id\": 533 | \"media_placeholder_token_id\": 5330 | media_placeholder_token_id must be below",
        "\"model_type\": \"kimi_vl\" | \"model_type\": \"llava\" | model_type is \"llava\"",
      })
  void anUnsupportedSettingIsRefusedNamingFieldAndValue(String from, String to, String reason)
      throws IOException {
    String config = Files.readString(GoldenFolder.path("checkpoint/config.json"));
    assertThat(config).contains(from);
    Path file = dir.resolve("config.json");
    Files.writeString(file, config.replace(from, to == null ? "" : to));
    assertThatThrownBy(() -> KimiVlConfig.read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(reason);
  }

  @Test
  void eosIdsAreANumberOrAListOrAbsent() throws IOException {
    Path file = dir.resolve("generation_config.json");
    assertThat(GenerationConfig.read(file).eosTokenIds()).isEmpty();
    Files.writeString(file, "{\"eos_token_id\": 7}");
    assertThat(GenerationConfig.read(file).eosTokenIds()).isEqualTo(List.of(7));
    Files.writeString(file, "{\"eos_token_id\": [7, 9]}");
    assertThat(GenerationConfig.read(file).eosTokenIds()).isEqualTo(List.of(7, 9));
    Files.writeString(file, "{\"eos_token_id\": \"x\"}");
    assertThatThrownBy(() -> GenerationConfig.read(file)).hasMessageContaining("eos_token_id");
  }

  @Test
  void anIndexThatPointsElsewhereIsRefused() throws IOException {
    copy(GoldenFolder.path("checkpoint_bf16_sharded"), dir);
    Path index = dir.resolve("model.safetensors.index.json");
    String text = Files.readString(index);
    Files.writeString(index, text.replaceFirst("model-00001-of-00003", "../model-00001-of-00003"));
    assertThatThrownBy(() -> Checkpoint.open(dir)).hasMessageContaining("of the same folder");
    Files.writeString(index, text.replaceFirst("model-00001-of-00003", "model-00002-of-00003"));
    assertThatThrownBy(() -> Checkpoint.open(dir)).hasMessageContaining("the index places there");
    Files.delete(dir.resolve("model-00003-of-00003.safetensors"));
    Files.writeString(index, text);
    assertThatThrownBy(() -> Checkpoint.open(dir)).hasMessageContaining("model-00003-of-00003");
  }

  @Test
  void aFolderWithoutWeightsIsRefused() throws IOException {
    assertThatThrownBy(() -> Checkpoint.open(dir.resolve("none"))).hasMessageContaining("none");
    Files.copy(GoldenFolder.path("checkpoint/config.json"), dir.resolve("config.json"));
    assertThatThrownBy(() -> Checkpoint.open(dir))
        .hasMessageContaining(
            "has none of weights.moonflow, model.safetensors and model.safetensors.index.json");
  }

  private static String fingerprint(Path dir) {
    try (Checkpoint checkpoint = Checkpoint.open(dir)) {
      return checkpoint.fingerprint();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }
}
