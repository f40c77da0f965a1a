package dev.moonflow.training.distributed;

import dev.moonflow.training.optimizer.MatrixBlock;
import dev.moonflow.training.optimizer.MuonRule;
import dev.moonflow.training.optimizer.StatePieces;
import dev.moonflow.training.torch.InPlace;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Muon's part of {@link ZeroOneOptimizer}: one shard of the momentum of all matrices. */
final class ShardedMuon implements AutoCloseable {
  private static final long STACK_VALUES_MAX = 1L << 24;

  private final ShardedTensors tensors;
  private final MuonRule rule;
  private final MatrixGather gather;
  private final Tensor momentum;

  ShardedMuon(
      ShardedTensors tensors,
      RankGroup group,
      List<MatrixBlock> blocks,
      MuonRule rule,
      ScalarType gatherFormat) {
    this.tensors = tensors;
    this.rule = rule;
    this.gather = new MatrixGather(group, tensors.layout(), blocks, gatherFormat);
    this.momentum = tensors.newShard();
  }

  /**
   * Updates this rank's parameter values.
   *
   * @param gradient shard of the mean gradient, already clipped
   * @param live names that have a gradient on some rank
   */
  void step(Tensor gradient, Set<String> live, double learningRate) {
    Tensor inputs = tensors.newShard();
    for (ShardLayout.Piece piece : tensors.pieces()) {
      if (live.contains(piece.name())) {
        Tensor input =
            rule.accumulate(ShardedTensors.of(momentum, piece), ShardedTensors.of(gradient, piece));
        InPlace.copy(ShardedTensors.of(inputs, piece), input);
      }
    }
    Map<MatrixBlock, Tensor> whole = gather.gather(inputs);
    List<MatrixBlock> moved =
        gather.owned().stream().filter(block -> live.contains(block.name())).toList();
    for (List<MatrixBlock> stack : MatrixBlock.stacks(moved, STACK_VALUES_MAX)) {
      try (Scope scope = new Scope()) {
        List<Tensor> matrices = new ArrayList<>();
        stack.forEach(block -> matrices.add(whole.get(block)));
        Tensor orthogonal = rule.newtonSchulz().orthogonalize(Ops.stack(matrices, 0));
        for (int i = 0; i < stack.size(); i++) {
          update(stack.get(i), orthogonal.select(0, i), learningRate);
        }
      }
    }
  }

  private void update(MatrixBlock block, Tensor orthogonal, double learningRate) {
    long[] own = gather.ownRange(block);
    ShardLayout.Piece piece =
        new ShardLayout.Piece(block.name(), block.begin() + own[0], block.begin() + own[1], 0);
    rule.update(
        tensors.ofParameter(piece),
        InPlace.range(InPlace.flat(orthogonal.contiguous()), own[0], own[1]),
        block.rows(),
        block.cols(),
        learningRate * block.group().rate(),
        block.group().decay());
  }

  void collect(Map<String, Tensor> state) {
    for (ShardLayout.Piece piece : tensors.pieces()) {
      state.put(
          StatePieces.key(piece.name() + ".momentum", piece.begin(), piece.end()),
          ShardedTensors.of(momentum, piece));
    }
  }

  void restore(StatePieces saved) {
    for (ShardLayout.Piece piece : tensors.pieces()) {
      saved.read(piece.name() + ".momentum", piece.begin(), ShardedTensors.of(momentum, piece));
    }
  }

  long stateBytes() {
    return momentum.numel() * momentum.element_size();
  }

  @Override
  public void close() {
    momentum.close();
  }
}
