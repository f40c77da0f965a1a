package dev.moonflow.training.distributed;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.InPlace;
import dev.moonflow.training.torch.Ops;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Some parameters of a model, cut into shards: their gradients come in, their values go out. */
final class ShardedTensors {
  private final Parameters parameters;
  private final List<String> names;
  private final RankGroup group;
  private final ShardLayout layout;
  private final List<ShardLayout.Piece> pieces;
  private final ScalarType type;

  ShardedTensors(Parameters parameters, List<String> names, RankGroup group) {
    this.parameters = parameters;
    this.names = names;
    this.group = group;
    Map<String, Long> lengths = new LinkedHashMap<>();
    names.forEach(name -> lengths.put(name, parameters.get(name).numel()));
    this.layout = new ShardLayout(lengths, group.size());
    this.pieces = layout.pieces(group.rank());
    this.type = names.isEmpty() ? ScalarType.Float : Ops.type(parameters.get(names.get(0)));
    for (String name : names) {
      if (Ops.type(parameters.get(name)) != type) {
        throw new IllegalArgumentException(
            "parameter " + name + " is not of the format " + type + " that the others have");
      }
    }
  }

  ShardLayout layout() {
    return layout;
  }

  List<ShardLayout.Piece> pieces() {
    return pieces;
  }

  /** A vector with room for this rank's shard. */
  Tensor newShard() {
    return Ops.zeros(type, layout.width());
  }

  /** The values of a piece within a shard; shares storage. */
  static Tensor of(Tensor shard, ShardLayout.Piece piece) {
    return InPlace.range(shard, piece.at(), piece.at() + piece.length());
  }

  /** The values of a piece within its parameter; shares storage. */
  Tensor ofParameter(ShardLayout.Piece piece) {
    return InPlace.range(InPlace.flat(parameters.get(piece.name())), piece.begin(), piece.end());
  }

  /** This rank's shard of the mean gradient; a gradient that a rank lacks counts as zeros. */
  Tensor meanGradient() {
    if (names.isEmpty()) {
      return newShard();
    }
    Tensor line = Ops.zeros(type, layout.width() * layout.ranks());
    for (String name : names) {
      Tensor gradient = parameters.get(name).grad();
      if (gradient.defined()) {
        long start = layout.start(name);
        InPlace.copy(
            InPlace.range(line, start, start + gradient.numel()),
            InPlace.flat(gradient.contiguous()));
      }
    }
    Tensor shard = newShard();
    group.reduceScatter(shard, line);
    if (group.size() > 1) {
      InPlace.scale(shard, 1.0 / group.size());
    }
    return shard;
  }

  /** Spreads each rank's own parameter values to all. */
  void gatherParameters() {
    if (group.size() == 1 || names.isEmpty()) {
      return;
    }
    Tensor shard = newShard();
    pieces.forEach(piece -> InPlace.copy(of(shard, piece), ofParameter(piece)));
    Tensor line = Ops.zeros(type, layout.width() * layout.ranks());
    group.allGather(line, shard);
    for (String name : names) {
      Tensor values = InPlace.flat(parameters.get(name));
      long start = layout.start(name);
      InPlace.copy(values, InPlace.range(line, start, start + values.numel()));
    }
  }
}
