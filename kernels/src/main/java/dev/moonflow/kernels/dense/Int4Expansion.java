package dev.moonflow.kernels.dense;

import java.nio.ByteBuffer;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A block of INT4 weights as INT8 weights in their layout. A digit as stored times its multiplier
 * is at most 15 * 16 and so fits an unsigned byte: one multiplication of ints makes four weights.
 */
final class Int4Expansion {
  private static final int DIGITS = 0x0F0F0F0F;
  private static final ThreadLocal<byte[]> BLOCKS = ThreadLocal.withInitial(() -> new byte[0]);

  private Int4Expansion() {}

  /**
   * Expands some blocks of 64 outputs.
   *
   * @param to their INT8 layout from its first byte on, overwritten
   */
  static void blocks(MappedWeights w, int first, int count, ByteBuffer to) {
    int size = 64 * w.packed().paddedIn();
    byte[] bytes = BLOCKS.get();
    if (bytes.length < size) {
      bytes = new byte[size];
      BLOCKS.set(bytes);
    }
    for (int b = 0; b < count; b++) {
      for (int p = 0; p < 4; p++) {
        panel(w.memory(), w.packed().panel((first + b) * 4 + p), w.packed().paddedIn(), bytes, p);
      }
      to.put(b * size, bytes, 0, size);
    }
  }

  private static void panel(Object w, int panel, int in, byte[] to, int p) {
    for (int lane = 0; lane < WeightFormat.PANEL; lane += MappedVectors.WIDTH) {
      int at = panel + 4 * lane;
      int target = p * 64 + 4 * lane;
      for (int first = 0; first < in; first += 256) {
        IntVector multipliers = MappedVectors.ints(w, at);
        at += 64;
        int end = Math.min(in, first + 256);
        for (int group = first; group < end; group += WeightFormat.GROUP) {
          IntVector m = multipliers.and(15).add(1);
          multipliers = multipliers.lanewise(VectorOperators.LSHR, 4);
          // 8 m in each byte: what a digit of 0 stands for.
          ByteVector zero = m.mul(0x08080808).reinterpretAsBytes();
          for (int i = 0; i < 4; i++) {
            IntVector eight = MappedVectors.ints(w, at);
            at += 64;
            IntVector low = eight.and(DIGITS).mul(m);
            IntVector high = eight.lanewise(VectorOperators.LSHR, 4).and(DIGITS).mul(m);
            low.reinterpretAsBytes().sub(zero).intoArray(to, target);
            high.reinterpretAsBytes().sub(zero).intoArray(to, target + 256);
            target += 512;
          }
        }
      }
    }
  }
}
