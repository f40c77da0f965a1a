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
 * <p>A batch of one block is done after pass 1: it then begins everywhere at 0.
 */
@SuppressWarnings("IdentityBinaryExpression") // x != x is how a kernel asks for NaN
final class RouterKernel extends SigmoidKernel {
  /** Tokens of one block: enough blocks for the device, few enough to add up. */
  static final int BLOCK = 32;

  final float[] logits; // [T, E]
  final float[] bias; // [E]
  final float[] scores; // [T, E]
  final float[] weights; // [T, k]
  final int[] experts; // [T, k]
  final int[] counts; // [E]
  final int[] offsets; // [E + 1]
  final int[] permutation; // [T k]
  final float[] groupScores; // [T, groups]
  final int[] groupKept; // [T, groups]
  final int[] blockStarts; // [blocks, E]: counts, then starts, then next places

  int tokens; // 0 makes a launch do nothing
  int blocks;
  final int expertCount;
  final int topK;
  final int groups;
  final int topKGroups;
  final int groupMembers;
  final int normalize;
  final float scale;
  final float sumEpsilon = RoutingSpec.SUM_EPSILON;

  RouterKernel(OpenClDevice device, LaunchCounters counters, RoutingSpec spec, int capacity) {
    int e = spec.experts();
    expertCount = e;
    topK = spec.topK();
    groups = spec.groups();
    topKGroups = spec.topKGroups();
    groupMembers = spec.groupSize();
    normalize = spec.normalizes() ? 1 : 0;
    scale = spec.scale();
    logits = new float[Math.multiplyExact(capacity, e)];
    bias = new float[e];
    scores = new float[capacity * e];
    weights = new float[capacity * topK];
    experts = new int[capacity * topK];
    counts = new int[e];
    offsets = new int[e + 1];
    permutation = new int[capacity * topK];
    groupScores = new float[capacity * groups];
    groupKept = new int[capacity * groups];
    blockStarts = new int[blocksOf(capacity) * e];
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
    launch((items + groupSize() - 1) / groupSize(), blocks > 1 ? 4 : 2);
    get(scores).get(weights).get(experts).get(counts).get(offsets).get(permutation);
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
      }
    }
    if (pass == 1) {
      if (item < blocks) {
        count(item);
      }
      if (blocks == 1) {
        if (item == 0) {
          for (int e = 0; e < expertCount; e++) {
            start(e);
          }
          place(0);
        }
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

  private void score(int token) {
    int row = token * expertCount;
    for (int e = 0; e < expertCount; e++) {
      scores[row + e] = sigmoid(logits[row + e]);
    }
  }

  /** Marks the best groups of a token, best first; ties to the lower index. */
  private void keepGroups(int token) {
    int row = token * groups;
    for (int g = 0; g < groups; g++) {
      groupKept[row + g] = topKGroups == groups ? 1 : 0;
      groupScores[row + g] = groupScore(token * expertCount, g * groupMembers);
    }
    if (topKGroups < groups) {
      for (int slot = 0; slot < topKGroups; slot++) {
        int best = -1;
        for (int g = 0; g < groups; g++) {
          if (groupKept[row + g] == 0) {
            if (best < 0) {
              best = g;
            } else if (groupScores[row + g] > groupScores[row + best]) {
              best = g;
            }
          }
        }
        groupKept[row + best] = 1;
      }
    }
  }

  private float groupScore(int row, int from) {
    float first = biased(row, from);
    float second = Float.NEGATIVE_INFINITY;
    for (int e = from + 1; e < from + groupMembers; e++) {
      float c = biased(row, e);
      if (c > first) {
        second = first;
        first = c;
      } else if (c > second) {
        second = c;
      }
    }
    float score = first;
    if (groupMembers > 1) {
      score = ranked(first + second);
    }
    return score;
  }

  /**
   * Top-k: each slot takes the best expert that comes after the last one in the order of choice.
   */
  private void choose(int token) {
    int row = token * expertCount;
    float lastScore = 0f;
    int last = -1;
    for (int slot = 0; slot < topK; slot++) {
      float bestScore = 0f;
      int best = -1;
      for (int g = 0; g < groups; g++) {
        if (groupKept[token * groups + g] == 1) {
          for (int e = g * groupMembers; e < (g + 1) * groupMembers; e++) {
            float c = biased(row, e);
            int open = 0;
            if (last < 0) {
              open = 1;
            } else if (c < lastScore) {
              open = 1;
            } else if (c == lastScore) {
              open = e > last ? 1 : 0;
            }
            if (open == 1) {
              if (best < 0) {
                best = e;
                bestScore = c;
              } else if (c > bestScore) {
                best = e;
                bestScore = c;
              }
            }
          }
        }
      }
      experts[token * topK + slot] = best;
      last = best;
      lastScore = bestScore;
    }
  }

  private void weigh(int token) {
    float sum = 0f;
    for (int i = token * topK; i < (token + 1) * topK; i++) {
      sum = sum + scores[token * expertCount + experts[i]];
    }
    float factor = 1f;
    if (normalize == 1) {
      factor = inverse(sum + sumEpsilon);
    }
    for (int i = token * topK; i < (token + 1) * topK; i++) {
      weights[i] = scores[token * expertCount + experts[i]] * factor * scale;
    }
  }

  private float biased(int row, int e) {
    return ranked(scores[row + e] + bias[e]);
  }

  /** NaN counts as plus infinity. */
  private float ranked(float score) {
    return score == score ? score : Float.POSITIVE_INFINITY;
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
