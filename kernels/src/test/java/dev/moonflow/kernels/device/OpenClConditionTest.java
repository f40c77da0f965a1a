package dev.moonflow.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OpenClConditionTest {
  @Test
  void aMissingDeviceSkipsTheTest() {
    assertThat(
            OpenClCondition.decide("no device", null, "this is only a test of skipping")
                .isDisabled())
        .isTrue();
    assertThat(
            OpenClCondition.decide("no device", "false", "this is only a test of skipping")
                .isDisabled())
        .isTrue();
  }

  @Test
  void aMissingDeviceFailsTheTestInCi() {
    assertThatThrownBy(
            () -> OpenClCondition.decide("no device", "true", "this is only a test of skipping"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("this is only a test of skipping needs OpenCL and CI=true: no device");
  }

  @Test
  void aDeviceRunsTheTest() {
    assertThat(OpenClCondition.decide("", "true", "this is only a test of skipping").isDisabled())
        .isFalse();
  }
}
