package dev.moonflow.model.image;

import dev.moonflow.kernels.RgbImage;

/**
 * An image as the vision tower sees it: its sides are whole numbers of media tokens.
 *
 * @param pixels after scaling and padding or cropping
 * @param plan how it came about; without a problem
 */
public record ProcessedImage(RgbImage pixels, ResizePlan plan) {

  /** Tokens that stand for the image in the language model. */
  public int mediaTokens() {
    return plan.mediaTokens();
  }

  /** Patches that the vision tower sees. */
  public int patches() {
    return plan.patches();
  }
}
