package dev.moonflow.training.optimizer;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.InPlace;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The matrices of a model under {@link MuonRule}: one momentum each. Matrices of equal shape, such
 * as hundreds of experts, are orthogonalised together as one stack.
 */
final class Muon implements AutoCloseable {
  /** Values in a stack at most: bounds the memory of a step. */
  private static final long STACK_VALUES_MAX = 1L << 24;

  private final Parameters parameters;
  private final MuonRule rule;
  private final List<List<MatrixBlock>> stacks;
  private final Map<String, Tensor> momentum = new LinkedHashMap<>();

  Muon(Parameters parameters, ParameterGroups groups, MuonRule rule) {
    this.parameters = parameters;
    this.rule = rule;
    List<MatrixBlock> blocks = MatrixBlock.of(parameters, groups);
    this.stacks = MatrixBlock.stacks(blocks, STACK_VALUES_MAX);
    for (MatrixBlock block : blocks) {
      Tensor parameter = parameters.get(block.name());
      momentum.computeIfAbsent(
          block.name(), name -> Ops.zeros(Ops.type(parameter), parameter.shape()));
    }
  }

  void step(double learningRate) {
    for (List<MatrixBlock> stack : stacks) {
      try (Scope scope = new Scope()) {
        List<MatrixBlock> live =
            stack.stream().filter(b -> parameters.get(b.name()).grad().defined()).toList();
        if (!live.isEmpty()) {
          update(live, learningRate);
        }
      }
    }
  }

  private void update(List<MatrixBlock> live, double learningRate) {
    List<Tensor> inputs = new ArrayList<>();
    for (MatrixBlock block : live) {
      Tensor gradient = parameters.get(block.name()).grad();
      inputs.add(rule.accumulate(block.rowsOf(momentum.get(block.name())), block.rowsOf(gradient)));
    }
    Tensor orthogonal = rule.newtonSchulz().orthogonalize(Ops.stack(inputs, 0));
    for (int i = 0; i < live.size(); i++) {
      MatrixBlock block = live.get(i);
      rule.update(
          block.rowsOf(InPlace.values(parameters.get(block.name()))),
          orthogonal.select(0, i),
          block.rows(),
          block.cols(),
          learningRate * block.group().rate(),
          block.group().decay());
    }
  }

  void collect(Map<String, Tensor> state) {
    momentum.forEach((name, tensor) -> state.put(name + ".momentum", tensor));
  }

  void restore(StatePieces saved) {
    momentum.forEach((name, tensor) -> saved.read(name + ".momentum", tensor));
  }

  @Override
  public void close() {
    momentum.values().forEach(Tensor::close);
  }
}
