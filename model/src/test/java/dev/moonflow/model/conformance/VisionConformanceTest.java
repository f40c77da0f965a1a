package dev.moonflow.model.conformance;

import org.junit.jupiter.api.Test;

class VisionConformanceTest {

  @Test
  void rotaryTablesRotationAndPositionInterpolationAreTheGoldenOnes() {
    GoldenReplay.assertPasses(new VisionPartsSection(), 18);
  }
}
