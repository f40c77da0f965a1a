package dev.moonflow.training.network;

import static dev.moonflow.training.network.GoldenPrompts.GOLDEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.model.conformance.GoldenTensors;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The trainable model gives the golden logits: what it trains is Kimi-VL. */
class GoldenLogitsTest {
  private static final double TOLERANCE = 5e-4;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  @Test
  void everyGoldenPromptGivesItsLogits() throws Exception {
    try (TrainableKimiVl model = TrainableKimiVl.load(GOLDEN.checkpoint(), Precision.F32)) {
      for (JsonNode json : GoldenPrompts.cases()) {
        String name = json.path("case").asText();
        GoldenTensors expected = GOLDEN.tensors("e2e/" + name + ".safetensors");
        try (Scope scope = new Scope()) {
          float[] logits = Tensors.floats(model.logits(GoldenPrompts.batch(json)));
          float[] rows =
              GoldenPrompts.rows(
                  logits, expected.ints("logits_rows"), model.config().text().vocabSize());
          assertThat(GoldenPrompts.distance(rows, expected.floats("logits")))
              .as(name)
              .isLessThan(TOLERANCE);
          assertThat(scope).isNotNull();
        }
      }
    }
  }

  @Test
  void promptsPackedTogetherGiveWhatTheyGiveAlone() throws Exception {
    try (TrainableKimiVl model = TrainableKimiVl.load(GOLDEN.checkpoint(), Precision.F32);
        Scope scope = new Scope()) {
      List<PackedBatch> parts = new ArrayList<>();
      List<float[]> alone = new ArrayList<>();
      for (JsonNode json : GoldenPrompts.cases()) {
        if (json.path("n_tokens").asInt() < 120) {
          PackedBatch part = GoldenPrompts.batch(json);
          parts.add(part);
          alone.add(Tensors.floats(model.logits(part)));
        }
      }
      assertThat(parts).hasSizeGreaterThan(3);
      float[] together = Tensors.floats(model.logits(GoldenPrompts.pack(parts)));
      int at = 0;
      for (float[] one : alone) {
        float[] same = java.util.Arrays.copyOfRange(together, at, at + one.length);
        assertThat(GoldenPrompts.distance(same, one)).isLessThan(TOLERANCE);
        at += one.length;
      }
      assertThat(scope).isNotNull();
    }
  }

  /** A near tie of the router may go the other way in a token or two; most rows stay close. */
  @Test
  void aBfloat16RunStaysNear() throws Exception {
    try (TrainableKimiVl exact = TrainableKimiVl.load(GOLDEN.checkpoint(), Precision.F32);
        TrainableKimiVl rounded = TrainableKimiVl.load(GOLDEN.checkpoint(), Precision.BF16);
        Scope scope = new Scope()) {
      List<Double> distances = new ArrayList<>();
      for (JsonNode json : GoldenPrompts.cases()) {
        if (json.path("n_tokens").asInt() < 120) {
          PackedBatch batch = GoldenPrompts.batch(json);
          float[] a = Tensors.floats(exact.logits(batch));
          float[] b = Tensors.floats(rounded.logits(batch));
          int width = exact.config().text().vocabSize();
          for (int row = 0; row < batch.length(); row++) {
            int[] one = {row};
            distances.add(
                GoldenPrompts.distance(
                    GoldenPrompts.rows(a, one, width), GoldenPrompts.rows(b, one, width)));
          }
        }
      }
      distances.sort(null);
      assertThat(distances.get(distances.size() / 2)).isBetween(1e-3, 0.25);
      assertThat(scope).isNotNull();
    }
  }
}
