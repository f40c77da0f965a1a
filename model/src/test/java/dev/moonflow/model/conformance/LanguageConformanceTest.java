package dev.moonflow.model.conformance;

import org.junit.jupiter.api.Test;

class LanguageConformanceTest {

  @Test
  void activationsAndNormsAreWithinTolerance() {
    GoldenReplay.assertPasses(new ActivationsSection(), 8);
  }

  @Test
  void rotaryTablesAndRotationAreWithinTolerance() {
    GoldenReplay.assertPasses(new RotarySection(), 11);
  }

  @Test
  void gatesChooseTheSameExpertsWithTheSameWeights() {
    GoldenReplay.assertPasses(new GateSection(), 30);
  }

  @Test
  void partsOfLatentAttentionAreWithinTolerance() {
    GoldenReplay.assertPasses(new AttentionSection(), 10);
  }

  @Test
  void wholePromptsAreWithinTolerance() {
    GoldenReplay.assertPasses(new LanguageSection(), 80);
  }

  @Test
  void promptsThroughTheShardedBf16CheckpointAreWithinTolerance() {
    GoldenReplay.assertPasses(new Bf16LanguageSection(), 2);
  }
}
