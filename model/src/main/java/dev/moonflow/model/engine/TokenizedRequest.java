package dev.moonflow.model.engine;

import dev.moonflow.kernels.RgbImage;
import java.util.List;

/** A request as ids and processed images. Good for one submission: the engine takes the images. */
final class TokenizedRequest implements PreparedRequest {
  private final String id;
  private final int[] prompt;
  private final List<ImageKey> imageKeys;
  private final int patches;
  private final SamplingParameters sampling;
  private final int maxNewTokens;
  private final int[] resumeTokens;
  private final AnswerConstraint constraint;
  private final KnownFeatures features;
  private List<RgbImage> images;

  /**
   * All of a request; arrays are kept, not copied.
   *
   * @param prompt ids, media tokens included
   * @param images processed, in order of appearance; none where their features are known
   * @param imageKeys of the processed images, or none where nobody asks for them
   * @param patches of all images that are to be encoded
   * @param maxNewTokens tokens to generate, resumed ones included; the context has room for them
   * @param resumeTokens generated already, at most {@code maxNewTokens}
   * @param constraint of the answer, the resumed tokens behind it, or null
   * @param features known of the images, of all or of none
   */
  TokenizedRequest(
      String id,
      int[] prompt,
      List<RgbImage> images,
      List<ImageKey> imageKeys,
      int patches,
      SamplingParameters sampling,
      int maxNewTokens,
      int[] resumeTokens,
      AnswerConstraint constraint,
      KnownFeatures features) {
    this.id = id;
    this.prompt = prompt;
    this.images = List.copyOf(images);
    this.imageKeys = imageKeys;
    this.patches = patches;
    this.sampling = sampling;
    this.maxNewTokens = maxNewTokens;
    this.resumeTokens = resumeTokens;
    this.constraint = constraint;
    this.features = features;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int promptTokens() {
    return prompt.length;
  }

  @Override
  public int patches() {
    return patches;
  }

  /** The key of an image, or null where there is no cache. */
  ImageKey imageKey(int image) {
    return imageKeys.isEmpty() ? null : imageKeys.get(image);
  }

  int[] prompt() {
    return prompt;
  }

  int[] resumeTokens() {
    return resumeTokens;
  }

  AnswerConstraint constraint() {
    return constraint;
  }

  KnownFeatures features() {
    return features;
  }

  SamplingParameters sampling() {
    return sampling;
  }

  int maxNewTokens() {
    return maxNewTokens;
  }

  /** Tokens that the cache must have room for: the prompt and all that may be generated. */
  int cacheTokens() {
    return prompt.length + maxNewTokens;
  }

  /**
   * Hands the images over, so that nobody who still holds this request keeps them alive.
   *
   * @throws IllegalStateException the second time
   */
  synchronized List<RgbImage> takeImages() {
    if (images == null) {
      throw new IllegalStateException("request " + id + " was submitted before");
    }
    List<RgbImage> taken = images;
    images = null;
    return taken;
  }
}
