package dev.moonflow.model.conformance;

import org.junit.jupiter.api.Test;

class VisionConformanceTest {

  @Test
  void everyStageOfEveryImageAndBatchIsTheGoldenOne() {
    GoldenReplay.assertPasses(new VisionSection(), 70);
  }

  @Test
  void featuresFromTheBf16ShardsAreTheGoldenOnes() {
    GoldenReplay.assertPasses(new Bf16VisionSection(), 1);
  }

  @Test
  void rotaryTablesRotationAndPositionInterpolationAreTheGoldenOnes() {
    GoldenReplay.assertPasses(new VisionPartsSection(), 18);
  }
}
