package dev.moonflow.model.conformance;

import org.junit.jupiter.api.Test;

class TextConformanceTest {

  @Test
  void checkpointsAreReadWhole() {
    GoldenReplay.assertPasses(new CheckpointSection(), 3);
  }

  @Test
  void textBecomesTheReferenceIdsAndBack() {
    GoldenReplay.assertPasses(new TokenizerSection(), 11);
  }

  @Test
  void conversationsBecomeTheReferencePrompts() {
    GoldenReplay.assertPasses(new ChatSection(), 3);
  }

  @Test
  void everyGreedyAnswerIsTheReferenceAnswer() {
    GoldenReplay.assertPasses(new GreedySection(), 15);
  }
}
