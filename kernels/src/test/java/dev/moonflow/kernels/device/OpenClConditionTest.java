package dev.moonflow.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OpenClConditionTest {
  @Test
  void aMissingDeviceSkipsTheTest() {
    assertThat(OpenClCondition.decide("no device", null, "packs()").isDisabled()).isTrue();
    assertThat(OpenClCondition.decide("no device", "false", "packs()").isDisabled()).isTrue();
  }

  @Test
  void aMissingDeviceFailsTheTestInCi() {
    assertThatThrownBy(() -> OpenClCondition.decide("no device", "true", "packs()"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("packs() needs OpenCL and CI=true: no device");
  }

  @Test
  void aDeviceRunsTheTest() {
    assertThat(OpenClCondition.decide("", "true", "packs()").isDisabled()).isFalse();
  }
}
