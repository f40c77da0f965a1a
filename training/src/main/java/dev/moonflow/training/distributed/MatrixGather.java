package dev.moonflow.training.distributed;

import dev.moonflow.training.optimizer.MatrixBlock;
import dev.moonflow.training.torch.InPlace;
import dev.moonflow.training.torch.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Puts the matrices together of which a rank owns a part. Those that lie within one shard are there
 * already and cost nothing; parts of the others, at most one matrix at each boundary, are exchanged
 * among their owners, and only among them, in one all-to-all.
 */
final class MatrixGather {

  /** A part of a matrix on its way: values from and to of the whole line. */
  private record Part(MatrixBlock block, long from, long to) {}

  private final RankGroup group;
  private final ShardLayout layout;
  private final ScalarType format;
  private final List<MatrixBlock> owned;
  private final List<List<Part>> sent = new ArrayList<>();
  private final List<List<Part>> received = new ArrayList<>();
  private final boolean anyStraddles;

  /**
   * A plan, made once.
   *
   * @param blocks matrices of the tensors of the layout
   * @param format in which values travel
   */
  MatrixGather(RankGroup group, ShardLayout layout, List<MatrixBlock> blocks, ScalarType format) {
    this.group = group;
    this.layout = layout;
    this.format = format;
    this.owned = blocks.stream().filter(block -> owns(group.rank(), block)).toList();
    List<MatrixBlock> straddling = blocks.stream().filter(this::straddles).toList();
    this.anyStraddles = !straddling.isEmpty();
    for (int other = 0; other < group.size(); other++) {
      sent.add(parts(straddling, group.rank(), other));
      received.add(parts(straddling, other, group.rank()));
    }
  }

  /** Matrices of which this rank owns at least a value, in their order. */
  List<MatrixBlock> owned() {
    return owned;
  }

  /** First and behind-the-last value of a matrix that this rank owns, within the matrix. */
  long[] ownRange(MatrixBlock block) {
    long begin = begin(block);
    long[] own = layout.overlap(group.rank(), begin, begin + block.elements());
    return new long[] {own[0] - begin, own[1] - begin};
  }

  private long begin(MatrixBlock block) {
    return layout.start(block.name()) + block.begin();
  }

  private boolean owns(int rank, MatrixBlock block) {
    long[] own = layout.overlap(rank, begin(block), begin(block) + block.elements());
    return own[0] < own[1];
  }

  private boolean straddles(MatrixBlock block) {
    long last = begin(block) + block.elements() - 1;
    return begin(block) / layout.width() != last / layout.width();
  }

  private List<Part> parts(List<MatrixBlock> straddling, int from, int to) {
    List<Part> parts = new ArrayList<>();
    if (from == to) {
      return parts;
    }
    for (MatrixBlock block : straddling) {
      if (owns(from, block) && owns(to, block)) {
        long[] part = layout.overlap(from, begin(block), begin(block) + block.elements());
        parts.add(new Part(block, part[0], part[1]));
      }
    }
    return parts;
  }

  private static long[] counts(List<List<Part>> parts) {
    return parts.stream()
        .mapToLong(list -> list.stream().mapToLong(part -> part.to - part.from).sum())
        .toArray();
  }

  /**
   * The whole matrices of {@link #owned}. A part that travelled has the rounding of the travelling
   * format; a straddling matrix is rounded whole, so that all its owners see the same one.
   *
   * @param shard this rank's values
   * @return [rows, cols] each, in the format of the shard
   */
  Map<MatrixBlock, Tensor> gather(Tensor shard) {
    long offset = group.rank() * layout.width();
    Map<MatrixBlock, Tensor> whole = new HashMap<>();
    for (MatrixBlock block : owned) {
      long[] own = layout.overlap(group.rank(), begin(block), begin(block) + block.elements());
      Tensor values = InPlace.range(shard, own[0] - offset, own[1] - offset);
      if (straddles(block)) {
        Tensor matrix = Ops.zeros(Ops.type(shard), block.elements());
        Tensor rounded = values.to(format);
        InPlace.copy(InPlace.range(matrix, own[0] - begin(block), own[1] - begin(block)), rounded);
        whole.put(block, matrix.view(block.rows(), block.cols()));
      } else {
        whole.put(block, values.view(block.rows(), block.cols()));
      }
    }
    if (anyStraddles) {
      exchange(shard, offset, whole);
    }
    return whole;
  }

  private void exchange(Tensor shard, long offset, Map<MatrixBlock, Tensor> whole) {
    long[] sentCounts = counts(sent);
    long[] receivedCounts = counts(received);
    Tensor out = Ops.zeros(format, Arrays.stream(sentCounts).sum());
    long at = 0;
    for (List<Part> parts : sent) {
      for (Part part : parts) {
        long length = part.to - part.from;
        InPlace.copy(
            InPlace.range(out, at, at + length),
            InPlace.range(shard, part.from - offset, part.to - offset));
        at += length;
      }
    }
    Tensor in = Ops.zeros(format, Arrays.stream(receivedCounts).sum());
    group.exchange(in, receivedCounts, out, sentCounts);
    at = 0;
    for (List<Part> parts : received) {
      for (Part part : parts) {
        long length = part.to - part.from;
        long begin = begin(part.block);
        InPlace.copy(
            InPlace.range(whole.get(part.block).view(-1), part.from - begin, part.to - begin),
            InPlace.range(in, at, at + length));
        at += length;
      }
    }
  }
}
