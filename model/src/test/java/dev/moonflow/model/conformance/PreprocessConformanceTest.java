package dev.moonflow.model.conformance;

import org.junit.jupiter.api.Test;

class PreprocessConformanceTest {

  @Test
  void everyGoldenImageHasItsPlanItsPixelsAndItsPatches() {
    GoldenReplay.assertPasses(new DefaultImagesSection(), 9 * 4);
  }

  @Test
  void patchesAreTheGoldenOnes() {
    GoldenReplay.assertPasses(new PatchTensorsSection(), 9 * 2);
  }

  @Test
  void otherLimitsStatisticsCropsAndColourModesHoldToo() {
    GoldenReplay.assertPasses(new OtherSettingsSection(), 14 * 3);
  }

  @Test
  void everyEntryOfTheGeometryTableHasItsPlanOrItsError() {
    GoldenReplay.assertPasses(new GeometrySection(), 1);
  }

  @Test
  void bicubicResamplingGivesTheGoldenBytes() {
    GoldenReplay.assertPasses(new ResizeSection(), 10);
  }
}
