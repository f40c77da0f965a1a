package dev.moonflow.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aparapi.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresOpenCl
class DeviceKernelTest {
  private final OpenClDevice device = OpenClDevices.discover().devices().get(0);
  private final LaunchCounters counters = new LaunchCounters();

  @Test
  void passesRunInOrderOnTheDevice() {
    try (AddingKernel kernel = new AddingKernel(device, counters)) {
      long before = counters.launches();
      kernel.add(900, 7);
      kernel.fetch();
      assertThat(kernel.values).startsWith(7, 7, 7);
      assertThat(kernel.values[899]).isEqualTo(7);
      assertThat(kernel.values[900]).isZero();
      assertThat(counters.launches() - before).isEqualTo(1);
    }
  }

  @Test
  void unsharedResultsAreStaleUntilTheyAreFetched() {
    try (Unshared unshared = new Unshared();
        AddingKernel kernel = new AddingKernel(unshared.device(), counters)) {
      kernel.add(10, 1);
      assertThat(kernel.values[0]).isZero();
      kernel.fetch();
      assertThat(kernel.values[0]).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void collectionsThatMoveArraysBetweenLaunchesDoNoHarm(boolean shared) {
    try (Unshared unshared = new Unshared()) {
      device.shareMemory(shared);
      try (AddingKernel kernel = new AddingKernel(unshared.device(), counters)) {
        List<byte[]> survivors = new ArrayList<>();
        for (int round = 1; round <= 12; round++) {
          kernel.add(AddingKernel.CAPACITY, 1);
          churn(survivors);
          kernel.fetch();
          churn(survivors);
          assertThat(kernel.values).containsOnly(round);
        }
      }
    }
  }

  /** Young arrays move in a collection; some survivors between them make the others move. */
  private static void churn(List<byte[]> survivors) {
    for (int i = 0; i < 200; i++) {
      byte[] garbage = new byte[4096];
      if (i % 20 == 0) {
        survivors.add(garbage);
      }
    }
    System.gc();
  }

  @Test
  void aKernelThatCannotBeTranslatedIsAnErrorAndNeverRunsInJava() {
    assertThatThrownBy(() -> new UntranslatableKernel(device))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith("kernel UntranslatableKernel cannot be compiled for ");
    assertThat(UntranslatableKernel.RUNS_IN_JAVA).hasValue(0);
  }

  @Test
  void aRefusedLaunchIsAnErrorAndTheNextKernelOfTheClassWorks() {
    Logger aparapi = Logger.getLogger(Config.getLoggerName());
    aparapi.setLevel(Level.OFF); // or it prints a page about this failure
    try (AddingKernel kernel = new AddingKernel(device, counters)) {
      kernel.n = AddingKernel.CAPACITY;
      int tooLarge = device.description().maxWorkGroupSize() * 2;
      assertThatThrownBy(() -> kernel.launchChecked(1, tooLarge, 1))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("AddingKernel")
          .hasMessageContaining("would have fallen back to Java");
      assertThat(kernel.values).containsOnly(0);
    } finally {
      aparapi.setLevel(Level.WARNING);
    }
    try (AddingKernel kernel = new AddingKernel(device, counters)) {
      kernel.add(5, 1);
      kernel.fetch();
      assertThat(kernel.values[4]).isEqualTo(1);
    }
  }

  @Test
  void aClosedKernelRefusesAndClosesOnce() {
    AddingKernel kernel = new AddingKernel(device, counters);
    kernel.close();
    kernel.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> kernel.add(1, 1))
        .withMessage("kernel AddingKernel is not open");
  }
}
