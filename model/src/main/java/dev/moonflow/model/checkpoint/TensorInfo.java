package dev.moonflow.model.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * One entry of a safetensors header.
 *
 * @param name unique in its file
 * @param dtype element type
 * @param shape slowest dimension first; empty for a scalar
 * @param begin first byte, relative to the end of the header
 * @param end byte after the last one
 */
public record TensorInfo(String name, DType dtype, List<Long> shape, long begin, long end) {
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** Number of elements: the product of the shape, 1 for a scalar. */
  public long elements() {
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /** Bytes of the data. */
  public long byteLength() {
    return end - begin;
  }

  /** Whether the shape is exactly the given one. */
  public boolean hasShape(int... expected) {
    return shape.equals(Arrays.stream(expected).mapToLong(d -> d).boxed().toList());
  }
}
