package dev.moonflow.training.evaluation.task;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Limits of what one item shows. An item with more images or pages than allowed is an error of that
 * item; of a video, frames are taken evenly up to the limit.
 *
 * @param imagesMax images of one prompt
 * @param pagesMax pages of one document
 * @param dpi resolution at which PDF pages are rendered, 36 to 600
 * @param framesMax frames of one video
 * @param framesPerSecond frames looked at before they are thinned to the limit
 */
public record MediaBudget(
    @JsonProperty("images_max") Integer imagesMax,
    @JsonProperty("pages_max") Integer pagesMax,
    Integer dpi,
    @JsonProperty("frames_max") Integer framesMax,
    @JsonProperty("frames_per_second") Double framesPerSecond) {
  /** 16 images, 120 pages at 144 dpi, 64 frames of one a second. */
  public static final MediaBudget DEFAULT = new MediaBudget(null, null, null, null, null);

  public MediaBudget {
    imagesMax = imagesMax == null ? 16 : imagesMax;
    pagesMax = pagesMax == null ? 120 : pagesMax;
    dpi = dpi == null ? 144 : dpi;
    framesMax = framesMax == null ? 64 : framesMax;
    framesPerSecond = framesPerSecond == null ? 1.0 : framesPerSecond;
    if (imagesMax < 1 || pagesMax < 1 || framesMax < 1) {
      throw new IllegalArgumentException(
          "images_max, pages_max and frames_max must be at least 1: "
              + imagesMax
              + ", "
              + pagesMax
              + ", "
              + framesMax);
    }
    if (dpi < 36 || dpi > 600) {
      throw new IllegalArgumentException("dpi must be from 36 to 600: " + dpi);
    }
    if (!(framesPerSecond > 0 && framesPerSecond <= 1000)) {
      throw new IllegalArgumentException(
          "frames_per_second must be above 0 and at most 1000: " + framesPerSecond);
    }
  }
}
