package dev.moonflow.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.TensorCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterGroupsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static KimiVlConfig golden() throws IOException {
    return KimiVlConfig.read(
        Path.of(System.getProperty("moonflow.golden.dir"), "checkpoint", "config.json"));
  }

  @Test
  void everyMatrixOfAModelIsMuonsButTablesAndHead() throws IOException {
    ParameterGroups groups = ParameterGroups.standard();
    for (TensorCatalog.Entry tensor : TensorCatalog.of(golden())) {
      long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
      boolean table =
          tensor.name().contains("embed_tokens")
              || tensor.name().contains("lm_head")
              || tensor.name().contains("patch_embed");
      Method expected = shape.length == 2 && !table ? Method.MUON : Method.ADAMW;
      if (tensor.name().endsWith("e_score_correction_bias")) {
        expected = Method.FIXED;
      }
      assertThat(groups.of(tensor.name(), shape).method()).as(tensor.name()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*.mlp.gate.weight, model.layers.1.mlp.gate.weight, true",
    "*.mlp.gate.weight, model.layers.1.mlp.gateXweight, false",
    "*, anything, true",
    "lm_head.*, language_model.lm_head.weight, false",
    "*a*b*, xaybz, true",
    "*a*b*, xbya, false"
  })
  void aStarStandsForAnyCharacters(String match, String name, boolean accepted) {
    assertThat(new GroupPattern(match, Method.MUON).accepts(name)).isEqualTo(accepted);
  }

  @Test
  void aRecipeChangesThem() throws IOException {
    String yaml =
        """
        muon: {momentum: 0.9, newtonSchulz: {iterations: 5, format: BF16}}
        adamw: {weightDecay: 0}
        gradientNormMax: 0
        groups:
        - {match: '*.wqkv.weight', method: MUON, blocks: 3, rate: 0.5}
        - {match: '*', method: ADAMW, decay: 0}
        """;
    OptimizerSettings settings = YAML.readValue(yaml, OptimizerSettings.class);
    assertThat(settings.muon().momentum()).isEqualTo(0.9);
    assertThat(settings.muon().nesterov()).isTrue();
    assertThat(settings.muon().newtonSchulz().format()).isEqualTo(NewtonSchulz.Format.BF16);
    assertThat(settings.adamw().beta2()).isEqualTo(0.95);
    assertThat(settings.adamw().weightDecay()).isZero();
    assertThat(settings.groups().of("a.wqkv.weight", 12, 4).blocks()).isEqualTo(3);
    assertThat(settings.groups().of("a.wqkv.bias", 12).method()).isEqualTo(Method.ADAMW);
    assertThat(YAML.readValue(YAML.writeValueAsString(settings), OptimizerSettings.class))
        .isEqualTo(settings);
    assertThatThrownBy(() -> settings.groups().of("a.wqkv.weight", 13, 4))
        .hasMessageContaining("has 13 rows, which group *.wqkv.weight cannot split into 3 blocks");
  }

  @Test
  void aTensorThatNoPatternAcceptsIsAnError() {
    ParameterGroups groups =
        new ParameterGroups(List.of(new GroupPattern("vision_tower.*", Method.MUON)));
    assertThatThrownBy(() -> groups.of("lm_head.weight", 2, 2))
        .hasMessage("no parameter group accepts the tensor lm_head.weight");
  }
}
