package dev.moonflow.training.network;

import java.util.BitSet;
import java.util.List;

/**
 * Several examples, one after another, without padding. T tokens in S segments; attention is causal
 * within a segment and never crosses into another (block-diagonal).
 *
 * @param tokens [T] ids; media placeholders stand for image rows, in the order of {@code images}
 * @param positions [T] rotary position of each token; restarts with each example
 * @param segmentStarts [S + 1] first token of each segment, then T
 * @param targetWeights [T] weight of predicting token t from the tokens before it in its segment: 0
 *     for what is given (prompts, images, a segment's first token), usually 1 elsewhere
 * @param images in order of their placeholders
 * @param generated tokens that a model wrote: a placeholder among them stands for no image and is
 *     embedded as it is, as the engine does
 */
public record PackedBatch(
    int[] tokens,
    int[] positions,
    int[] segmentStarts,
    float[] targetWeights,
    List<ImagePatches> images,
    BitSet generated) {

  /** A batch in which every placeholder stands for an image. */
  public PackedBatch(
      int[] tokens,
      int[] positions,
      int[] segmentStarts,
      float[] targetWeights,
      List<ImagePatches> images) {
    this(tokens, positions, segmentStarts, targetWeights, images, new BitSet());
  }

  public PackedBatch {
    if (positions.length != tokens.length || targetWeights.length != tokens.length) {
      throw new IllegalArgumentException(
          "tokens, positions and target weights must be equally many");
    }
    if (segmentStarts.length < 2
        || segmentStarts[0] != 0
        || segmentStarts[segmentStarts.length - 1] != tokens.length) {
      throw new IllegalArgumentException("segment starts must run from 0 to the number of tokens");
    }
    images = List.copyOf(images);
  }

  /** T. */
  public int length() {
    return tokens.length;
  }

  /** Sum of the target weights: what the loss is divided by. */
  public double weight() {
    double sum = 0;
    for (float w : targetWeights) {
      sum += w;
    }
    return sum;
  }
}
