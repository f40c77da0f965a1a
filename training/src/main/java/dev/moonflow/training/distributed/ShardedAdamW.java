package dev.moonflow.training.distributed;

import dev.moonflow.training.optimizer.AdamWRule;
import dev.moonflow.training.optimizer.GroupPattern;
import dev.moonflow.training.optimizer.StatePieces;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** AdamW's part of {@link ZeroOneOptimizer}: one shard of both moments of its tensors. */
final class ShardedAdamW implements AutoCloseable {
  private final ShardedTensors tensors;
  private final AdamWRule rule;
  private final Map<String, GroupPattern> groups;
  private final Tensor first;
  private final Tensor second;
  private final Map<String, Tensor> steps = new HashMap<>();

  ShardedAdamW(ShardedTensors tensors, AdamWRule rule, Map<String, GroupPattern> groups) {
    this.tensors = tensors;
    this.rule = rule;
    this.groups = groups;
    this.first = tensors.newShard();
    this.second = tensors.newShard();
    tensors.pieces().forEach(piece -> steps.put(piece.name(), Ops.zeros(ScalarType.Int, 1)));
  }

  /** As {@link ShardedMuon#step}. */
  void step(Tensor gradient, Set<String> live, double learningRate) {
    for (ShardLayout.Piece piece : tensors.pieces()) {
      if (live.contains(piece.name())) {
        try (Scope scope = new Scope()) {
          GroupPattern group = groups.get(piece.name());
          Tensor count = steps.get(piece.name());
          count.add_(new Scalar(1));
          rule.update(
              tensors.ofParameter(piece),
              ShardedTensors.of(gradient, piece),
              ShardedTensors.of(first, piece),
              ShardedTensors.of(second, piece),
              count.item_int(),
              learningRate * group.rate(),
              group.decay());
        }
      }
    }
  }

  void collect(Map<String, Tensor> state) {
    for (ShardLayout.Piece piece : tensors.pieces()) {
      state.put(
          StatePieces.key(piece.name() + ".first_moment", piece.begin(), piece.end()),
          ShardedTensors.of(first, piece));
      state.put(
          StatePieces.key(piece.name() + ".second_moment", piece.begin(), piece.end()),
          ShardedTensors.of(second, piece));
      state.put(piece.name() + ".steps", steps.get(piece.name()));
    }
  }

  void restore(StatePieces saved) {
    for (ShardLayout.Piece piece : tensors.pieces()) {
      saved.read(piece.name() + ".first_moment", piece.begin(), ShardedTensors.of(first, piece));
      saved.read(piece.name() + ".second_moment", piece.begin(), ShardedTensors.of(second, piece));
      saved.read(piece.name() + ".steps", steps.get(piece.name()));
    }
  }

  long stateBytes() {
    long counts = steps.values().stream().mapToLong(Tensor::element_size).sum();
    return 2 * first.numel() * first.element_size() + counts;
  }

  @Override
  public void close() {
    first.close();
    second.close();
    steps.values().forEach(Tensor::close);
  }
}
