package dev.moonflow.training.optimizer;

import dev.moonflow.training.network.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What Muon takes as one matrix: a parameter, or a group of its rows.
 *
 * @param name of the parameter
 * @param firstRow where the block begins
 * @param rows A
 * @param cols B
 * @param group how it is updated
 */
public record MatrixBlock(String name, long firstRow, long rows, long cols, GroupPattern group) {

  /** The blocks of all parameters that go to Muon, in their order. */
  public static List<MatrixBlock> of(Parameters parameters, ParameterGroups groups) {
    List<MatrixBlock> blocks = new ArrayList<>();
    for (String name : parameters.trainedNames()) {
      long[] shape = parameters.get(name).shape();
      GroupPattern group = groups.of(name, shape);
      if (group.method() == Method.MUON) {
        long rows = shape[0] / group.blocks();
        for (int i = 0; i < group.blocks(); i++) {
          blocks.add(new MatrixBlock(name, i * rows, rows, shape[1], group));
        }
      }
    }
    return blocks;
  }

  /** Values in it. */
  public long elements() {
    return rows * cols;
  }

  /** Index of its first value within the parameter. */
  public long begin() {
    return firstRow * cols;
  }

  /** Its rows of a tensor that has the parameter's shape; shares storage. */
  Tensor rowsOf(Tensor whole) {
    return group.blocks() == 1 ? whole : whole.narrow(0, firstRow, rows);
  }

  /**
   * Blocks of equal shape together, in order of first appearance.
   *
   * @param valuesMax values in one stack; a block that is larger stands alone
   */
  public static List<List<MatrixBlock>> stacks(List<MatrixBlock> blocks, long valuesMax) {
    Map<List<Long>, List<List<MatrixBlock>>> byShape = new LinkedHashMap<>();
    for (MatrixBlock block : blocks) {
      List<List<MatrixBlock>> stacks =
          byShape.computeIfAbsent(List.of(block.rows, block.cols), shape -> new ArrayList<>());
      List<MatrixBlock> last = stacks.isEmpty() ? null : stacks.get(stacks.size() - 1);
      if (last == null || (last.size() + 1) * block.elements() > valuesMax) {
        last = new ArrayList<>();
        stacks.add(last);
      }
      last.add(block);
    }
    return byShape.values().stream().flatMap(List::stream).toList();
  }
}
