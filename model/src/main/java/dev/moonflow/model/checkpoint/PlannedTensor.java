package dev.moonflow.model.checkpoint;

import dev.moonflow.kernels.dense.WeightFormat;
import java.util.List;

/**
 * One tensor of a weights file and where its values come from.
 *
 * @param name unique in the file
 * @param format null for plain floats
 * @param shape slowest dimension first; [out, in] where there is a format
 * @param source the tensor of the checkpoint
 * @param part which part of it
 * @param firstRow row of the source where the part begins
 */
public record PlannedTensor(
    String name, WeightFormat format, List<Integer> shape, String source, Part part, int firstRow) {

  /** How rows are taken from the source. */
  public enum Part {
    /** Rows of the source from {@code firstRow} on. */
    ROWS,
    /** Columns of the source's rows {@code firstRow} to {@code firstRow + in}: a transpose. */
    COLUMNS
  }

  /** A whole tensor. */
  static PlannedTensor whole(String name, WeightFormat format, List<Integer> shape) {
    return new PlannedTensor(name, format, shape, name, Part.ROWS, 0);
  }

  /** Number of elements. */
  public long elements() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Bytes in the file. */
  public long bytes() {
    return format == null ? 4 * elements() : format.bytes(shape.get(0), shape.get(1));
  }
}
