package dev.moonflow.kernels.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moonflow.kernels.device.LaunchCounters;
import dev.moonflow.kernels.device.OpenClDevices;
import dev.moonflow.kernels.device.RequiresOpenCl;
import dev.moonflow.kernels.device.Unshared;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresOpenCl
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenClPatchPackerTest {
  private static final long SEED = 99;
  private final LaunchCounters counters = new LaunchCounters();
  private final OpenClPatchPacker packer =
      new OpenClPatchPacker(OpenClDevices.discover().devices().get(0), counters);

  @AfterAll
  void close() {
    packer.close();
  }

  static Stream<PackingCases.Case> cases() {
    return PackingCases.all(SEED).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheBitsOfTheCpu(PackingCases.Case c) {
    assertSameBits(
        packer.pack(c.images(), c.spec()), new CpuPatchPacker().pack(c.images(), c.spec()));
  }

  @Test
  void givesTheBitsOfTheCpuWhenArraysAreCopied() {
    try (Unshared unshared = new Unshared();
        OpenClPatchPacker copying = new OpenClPatchPacker(unshared.device(), counters)) {
      for (PackingCases.Case c : PackingCases.all(SEED + 1)) {
        assertSameBits(
            copying.pack(c.images(), c.spec()), new CpuPatchPacker().pack(c.images(), c.spec()));
      }
    }
  }

  @Test
  void oneSpecIsCompiledOnceWhateverTheBatch() {
    PackingSpec spec = PackingCases.spec(2, 8, 4, 4, 5, new Random(SEED));
    Random random = new Random(SEED);
    packer.pack(List.of(PackingCases.image(2, 2, random)), spec);
    long before = counters.launches();
    packer.pack(List.of(PackingCases.image(20, 40, random)), spec);
    packer.pack(List.of(PackingCases.image(100, 60, random)), spec);
    // 200 patches in one launch; 1500 in rows of 50, ten rows to a launch.
    assertThat(counters.launches() - before).isEqualTo(1 + 3);
  }

  @Test
  void aClosedPackerRefuses() {
    OpenClPatchPacker closed =
        new OpenClPatchPacker(OpenClDevices.discover().devices().get(0), counters);
    closed.close();
    PackingCases.Case c = PackingCases.all(SEED).get(0);
    assertThatIllegalStateException()
        .isThrownBy(() -> closed.pack(c.images(), c.spec()))
        .withMessage("the packer is closed");
  }

  static void assertSameBits(PackedPatches device, PackedPatches cpu) {
    assertThat(device.gridRows()).isEqualTo(cpu.gridRows());
    assertThat(device.gridCols()).isEqualTo(cpu.gridCols());
    assertThat(device.cuSeqlens()).isEqualTo(cpu.cuSeqlens());
    assertThat(bits(device.patches())).isEqualTo(bits(cpu.patches()));
    assertThat(bits(device.ropeCos())).isEqualTo(bits(cpu.ropeCos()));
    assertThat(bits(device.ropeSin())).isEqualTo(bits(cpu.ropeSin()));
    assertThat(bits(device.positions())).isEqualTo(bits(cpu.positions()));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
