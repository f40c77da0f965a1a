package dev.moonflow.model.convert;

import dev.moonflow.kernels.dense.WeightPacker;
import dev.moonflow.model.checkpoint.PlannedTensor;
import dev.moonflow.model.checkpoint.TensorRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes tensors that stay floats: norms, biases, gates and the table of positions. */
final class PlainFloats {
  private static final int CHUNK = 1 << 16;

  private PlainFloats() {}

  static void write(TensorRows source, PlannedTensor tensor, WeightPacker.Sink sink)
      throws IOException {
    float[] values = new float[CHUNK];
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    long elements = tensor.elements();
    for (long at = 0; at < elements; at += CHUNK) {
      int count = (int) Math.min(CHUNK, elements - at);
      source.read(tensor.source(), at, count, values);
      bytes.clear();
      bytes.asFloatBuffer().put(values, 0, count);
      sink.write(bytes.limit(4 * count));
    }
  }
}
