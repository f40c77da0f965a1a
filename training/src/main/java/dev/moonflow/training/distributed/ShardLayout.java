package dev.moonflow.training.distributed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the values of some tensors, laid end to end, are cut into one equal shard per rank. The last
 * shard is filled up with zeros, so all have {@link #width} values:
 *
 * <pre>
 *   | tensor 0 |     tensor 1      |  tensor 2  |  tensor 3 |00|
 *   |     rank 0      |     rank 1      |     rank 2      |
 * </pre>
 */
final class ShardLayout {

  /**
   * The part of a tensor that lies in a shard.
   *
   * @param name of the tensor
   * @param begin first value within the flattened tensor
   * @param end behind its last value
   * @param at where it lies in the shard
   */
  record Piece(String name, long begin, long end, long at) {
    long length() {
      return end - begin;
    }
  }

  private final Map<String, Long> starts = new LinkedHashMap<>();
  private final Map<String, Long> lengths;
  private final int ranks;
  private final long width;

  /** A cut of tensors, given by name and number of values in their order. */
  ShardLayout(Map<String, Long> lengths, int ranks) {
    long total = 0;
    for (Map.Entry<String, Long> tensor : lengths.entrySet()) {
      starts.put(tensor.getKey(), total);
      total += tensor.getValue();
    }
    this.lengths = new LinkedHashMap<>(lengths);
    this.ranks = ranks;
    this.width = (total + ranks - 1) / ranks;
  }

  /** Values in each shard. */
  long width() {
    return width;
  }

  /** Ranks. */
  int ranks() {
    return ranks;
  }

  /** Where a tensor begins when all are laid end to end. */
  long start(String name) {
    return starts.get(name);
  }

  /**
   * What a rank owns of values begin to end of the whole line, as an offset range; may be empty.
   */
  long[] overlap(int rank, long begin, long end) {
    long from = Math.max(begin, rank * width);
    long to = Math.min(end, (rank + 1) * width);
    return new long[] {from, Math.max(from, to)};
  }

  /** The pieces of a rank's shard in order. */
  List<Piece> pieces(int rank) {
    List<Piece> pieces = new ArrayList<>();
    starts.forEach(
        (name, start) -> {
          long[] own = overlap(rank, start, start + lengths.get(name));
          if (own[0] < own[1]) {
            pieces.add(new Piece(name, own[0] - start, own[1] - start, own[0] - rank * width));
          }
        });
    return pieces;
  }
}
