package dev.moonflow.training.batch;

import dev.moonflow.training.sample.Part;
import java.util.Arrays;
import java.util.List;

/**
 * A sample as tokens, its images still encoded.
 *
 * @param id of the sample
 * @param conversation whether it is one; conversations are never joined with others
 * @param tokens [n] ids, each image's placeholders expanded (SPEC section 3.7)
 * @param weights [n] how much predicting each token counts: 0 for what is given
 * @param images in order of their placeholders
 */
public record Example(
    String id, boolean conversation, int[] tokens, float[] weights, List<Media> images) {

  /**
   * An image in its place.
   *
   * @param image as stored
   * @param patches of the vision tower, after scaling
   * @param start first token of its block, the opening control token
   * @param end token after its block
   */
  public record Media(Part.Image image, int patches, int start, int end) {}

  public Example {
    images = List.copyOf(images);
  }

  /** n. */
  public int length() {
    return tokens.length;
  }

  /** Patches of all images. */
  public int patches() {
    return images.stream().mapToInt(Media::patches).sum();
  }

  /** Whether anything of it is learnt once it begins a segment. */
  boolean isLearnt() {
    for (int t = 1; t < weights.length; t++) {
      if (weights[t] > 0) {
        return true;
      }
    }
    return false;
  }

  /** The beginning of it, at most {@code limit} tokens; an image that would be cut goes whole. */
  Example cut(int limit) {
    if (length() <= limit) {
      return this;
    }
    int end = limit;
    for (Media media : images) {
      if (media.start() < limit && limit < media.end()) {
        end = media.start();
      }
    }
    int kept = end;
    return new Example(
        id,
        conversation,
        Arrays.copyOf(tokens, kept),
        Arrays.copyOf(weights, kept),
        images.stream().filter(media -> media.end() <= kept).toList());
  }
}
