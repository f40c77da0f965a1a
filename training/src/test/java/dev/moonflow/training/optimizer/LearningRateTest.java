package dev.moonflow.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static void same(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-15));
  }

  @Test
  void moonlightsThreePartsAreAsPublished() {
    LearningRate rate = LearningRate.moonlight(1000, 500);
    assertThat(rate.steps()).isEqualTo(3600);
    same(rate.at(1), 4.2e-4 / 2000);
    same(rate.at(2000), 4.2e-4);
    same(rate.at(2500), (4.2e-4 + 4.2e-5) / 2);
    same(rate.at(3000), 4.2e-5);
    same(rate.at(3050), (4.2e-5 + 1e-4) / 2);
    same(rate.at(3100), 1e-4);
    same(rate.at(3350), 0.5e-4);
    same(rate.at(3600), 0);
    same(rate.at(9999), 0);
  }

  @Test
  void theWarmUpRisesToThePeakAndTheCosineEndsAtItsEnd() {
    LearningRate rate = LearningRate.warmupThenCosine(1, 0.1, 10, 110);
    same(rate.at(5), 0.5);
    same(rate.at(10), 1);
    same(rate.at(60), 0.55);
    same(rate.at(110), 0.1);
    same(new LearningRate.Constant(0.3, 1).at(1_000_000), 0.3);
  }

  @Test
  void aRecipeNamesTheShapes() throws IOException {
    String yaml =
        """
        phases:
          parts:
          - linear: {from: 0, to: 0.002, steps: 20}
          - cosine: {from: 0.002, to: 0.0002, steps: 80}
          - constant: {rate: 0.0002, steps: 5}
        """;
    LearningRate rate = YAML.readValue(yaml, LearningRate.class);
    assertThat(rate.steps()).isEqualTo(105);
    same(rate.at(10), 0.001);
    same(rate.at(60), 0.0011);
    assertThat(YAML.readValue(YAML.writeValueAsString(rate), LearningRate.class)).isEqualTo(rate);
  }

  @Test
  void aRateThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new LearningRate.Linear(0, 1, 0))
        .hasMessage("a learning rate needs at least 1 step, not 0 steps");
    assertThatThrownBy(() -> new LearningRate.Constant(Double.NaN, 1))
        .hasMessage("learning rate NaN is not within 0 and 1000");
  }
}
