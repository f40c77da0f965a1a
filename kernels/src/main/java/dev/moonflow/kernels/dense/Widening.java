package dev.moonflow.kernels.dense;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Some inputs of a block of 64 outputs as floats, in panels of 16 outputs for the float tiles:
 * panel p from {@code p * inputs * 16}, 16 weights of each input. Integers come without their
 * scale.
 */
final class Widening {
  private static final int PANELS = WeightFormat.BLOCK / WeightFormat.PANEL;

  private Widening() {}

  /**
   * Widens inputs {@code from} to {@code from + inputs} of a block.
   *
   * @param from a multiple of 512
   * @param inputs a multiple of 32
   */
  static void block(PackedWeights w, Object memory, int block, int from, int inputs, float[] to) {
    for (int p = 0; p < PANELS; p++) {
      int target = p * inputs * WeightFormat.PANEL;
      switch (w.format()) {
        case BF16 -> bf16(memory, w.block(block) + from * 128 + p * 64, inputs, to, target);
        case INT8 -> int8(memory, w.block(block) + from * 64 + p * 64, inputs, to, target);
        case INT4 ->
            int4(
                memory,
                w.panel(block * PANELS + p) + from / 256 * (64 + 32 * 64),
                inputs,
                to,
                target);
      }
    }
  }

  private static void bf16(Object w, int at, int inputs, float[] to, int target) {
    for (int lane = 0; lane < WeightFormat.PANEL; lane += MappedVectors.WIDTH) {
      for (int i = 0; i < inputs; i += 2) {
        IntVector pair = MappedVectors.ints(w, at + i * 128 + 4 * lane);
        Bf16Dot.low(pair).intoArray(to, target + i * 16 + lane);
        Bf16Dot.high(pair).intoArray(to, target + i * 16 + 16 + lane);
      }
    }
  }

  private static void int8(Object w, int at, int inputs, float[] to, int target) {
    for (int lane = 0; lane < WeightFormat.PANEL; lane += MappedVectors.WIDTH) {
      for (int i = 0; i < inputs; i += 4) {
        IntVector four = MappedVectors.ints(w, at + i * 64 + 4 * lane);
        int out = target + i * 16 + lane;
        for (int j = 0; j < 4; j++) {
          IntVector one =
              four.lanewise(VectorOperators.LSHL, 24 - 8 * j).lanewise(VectorOperators.ASHR, 24);
          floats(one).intoArray(to, out + 16 * j);
        }
      }
    }
  }

  private static void int4(Object w, int panel, int inputs, float[] to, int target) {
    for (int lane = 0; lane < WeightFormat.PANEL; lane += MappedVectors.WIDTH) {
      int at = panel + 4 * lane;
      IntVector multipliers = IntVector.zero(MappedVectors.INTS);
      IntVector m = multipliers;
      for (int i = 0; i < inputs; i += 8) {
        if (i % 256 == 0) {
          multipliers = MappedVectors.ints(w, at);
          at += 64;
        }
        if (i % WeightFormat.GROUP == 0) {
          m = multipliers.and(15).add(1);
          multipliers = multipliers.lanewise(VectorOperators.LSHR, 4);
        }
        IntVector eight = MappedVectors.ints(w, at);
        at += 64;
        int out = target + i * 16 + lane;
        for (int j = 0; j < 4; j++) {
          IntVector low = eight.lanewise(VectorOperators.LSHR, 8 * j).and(15).sub(8).mul(m);
          IntVector high = eight.lanewise(VectorOperators.LSHR, 8 * j + 4).and(15).sub(8).mul(m);
          floats(low).intoArray(to, out + 16 * j);
          floats(high).intoArray(to, out + 64 + 16 * j);
        }
      }
    }
  }

  private static FloatVector floats(IntVector integers) {
    return (FloatVector) integers.convert(VectorOperators.I2F, 0);
  }
}
