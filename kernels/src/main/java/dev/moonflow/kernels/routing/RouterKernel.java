package dev.moonflow.kernels.routing;

import dev.moonflow.kernels.device.LaunchCounters;
import dev.moonflow.kernels.device.OpenClDevice;

/**
 * The router on a device, for batches of at most {@code capacity} tokens of one gate. The twin of
 * {@link CpuMoeRouter}: the same operations in the same order on every number.
 *
 * <p>Passes, each item working alone:
 *
 * <pre>
 *   0  token    scores, group limit, top-k, weights
 *   1  block    counts of its choices by expert        (a block is {@link #BLOCK} tokens)
 *   2  expert   where each block's choices of it begin
 *   3  block    offsets, and its choices written to their places, in order
 * </pre>
 *
 * <p>A batch of one block is done after pass 1, and one token after pass 0: every pass costs, and
 * decoding one sequence routes one token.
 */
final class RouterKernel extends ChoiceKernel {
  /** Tokens of one block: enough blocks for the device, few enough to add up. */
  static final int BLOCK = 32;

  final int[] counts; // [E]
  final int[] offsets; // [E + 1]
  final int[] permutation; // [T k]
  final int[] blockStarts; // [blocks, E]: counts, then starts, then next places

  int tokens; // 0 makes a launch do nothing
  int blocks;

  RouterKernel(OpenClDevice device, LaunchCounters counters, RoutingSpec spec, int capacity) {
    super(spec, capacity);
    counts = new int[expertCount];
    offsets = new int[expertCount + 1];
    permutation = new int[experts.length];
    blockStarts = new int[blocksOf(capacity) * expertCount];
    open(device, counters);
  }

  private static int blocksOf(int tokens) {
    return (tokens + BLOCK - 1) / BLOCK;
  }

  /** Routes a batch; the results lie in this kernel's arrays until the next call. */
  void route(float[] batchLogits, int batchTokens, float[] batchBias) {
    System.arraycopy(batchLogits, 0, logits, 0, batchTokens * expertCount);
    System.arraycopy(batchBias, 0, bias, 0, expertCount);
    tokens = batchTokens;
    blocks = blocksOf(batchTokens);
    put(logits).put(bias);
    int items = Math.max(batchTokens, blocks > 1 ? expertCount : 1);
    launch((items + groupSize() - 1) / groupSize(), passes());
    get(scores).get(weights).get(experts).get(counts).get(offsets).get(permutation);
  }

  private int passes() {
    if (tokens == 1) {
      return 1;
    }
    return blocks == 1 ? 2 : 4;
  }

  @Override
  public void run() {
    int item = getGlobalId();
    int pass = getPassId();
    if (pass == 0) {
      if (item < tokens) {
        score(item);
        keepGroups(item);
        choose(item);
        weigh(item);
        if (tokens == 1) {
          groupOneBlock();
        }
      }
    }
    if (pass == 1) {
      if (blocks == 1) {
        if (item == 0) {
          groupOneBlock();
        }
      } else if (item < blocks) {
        count(item);
      }
    }
    if (pass == 2) {
      if (item < expertCount) {
        start(item);
      }
    }
    if (pass == 3) {
      if (item < blocks) {
        place(item);
      }
    }
  }

  private void count(int block) {
    int row = block * expertCount;
    for (int e = 0; e < expertCount; e++) {
      blockStarts[row + e] = 0;
    }
    for (int choice = firstChoice(block); choice < firstChoice(block + 1); choice++) {
      blockStarts[row + experts[choice]] = blockStarts[row + experts[choice]] + 1;
    }
  }

  private void groupOneBlock() {
    count(0);
    for (int e = 0; e < expertCount; e++) {
      start(e);
    }
    place(0);
  }

  /** Turns the blocks' counts of one expert into where they begin among its choices. */
  private void start(int expert) {
    int total = 0;
    for (int block = 0; block < blocks; block++) {
      int n = blockStarts[block * expertCount + expert];
      blockStarts[block * expertCount + expert] = total;
      total = total + n;
    }
    counts[expert] = total;
  }

  private void place(int block) {
    int row = block * expertCount;
    int offset = 0;
    for (int e = 0; e < expertCount; e++) {
      blockStarts[row + e] = blockStarts[row + e] + offset;
      if (block == 0) {
        offsets[e] = offset;
      }
      offset = offset + counts[e];
    }
    if (block == 0) {
      offsets[expertCount] = offset;
    }
    for (int choice = firstChoice(block); choice < firstChoice(block + 1); choice++) {
      int at = blockStarts[row + experts[choice]];
      permutation[at] = choice;
      blockStarts[row + experts[choice]] = at + 1;
    }
  }

  private int firstChoice(int block) {
    int token = block * BLOCK;
    return token < tokens ? token * topK : tokens * topK;
  }
}
