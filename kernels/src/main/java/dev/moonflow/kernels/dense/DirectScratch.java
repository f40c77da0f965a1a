package dev.moonflow.kernels.dense;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory outside the heap, one piece per thread, for one use that never nests in itself. */
final class DirectScratch {
  /** What a caller's activations become before tasks read them. */
  static final DirectScratch ACTIVATIONS = new DirectScratch();

  /** Sums that a native product writes. */
  static final DirectScratch SUMS = new DirectScratch();

  /** INT8 weights that INT4 weights become. */
  static final DirectScratch WEIGHTS = new DirectScratch();

  private static final int ALIGNMENT = 64;

  private final ThreadLocal<ByteBuffer> buffers = new ThreadLocal<>();

  private DirectScratch() {}

  /** At least {@code size} bytes, little-endian; what they hold is left over. */
  ByteBuffer atLeast(int size) {
    ByteBuffer buffer = buffers.get();
    if (buffer == null || buffer.capacity() < size) {
      int grown = Math.addExact(size, size / 4) / ALIGNMENT * ALIGNMENT + ALIGNMENT;
      buffer =
          ByteBuffer.allocateDirect(grown + ALIGNMENT)
              .alignedSlice(ALIGNMENT)
              .order(ByteOrder.LITTLE_ENDIAN);
      buffers.set(buffer);
    }
    return buffer;
  }
}
