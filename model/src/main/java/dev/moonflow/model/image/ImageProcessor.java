package dev.moonflow.model.image;

import dev.moonflow.kernels.RgbImage;

/**
 * Brings images to a size that the vision tower can take (SPEC sections 4.1 to 4.4). Immutable; any
 * thread may use it.
 *
 * <p>The rule for colour is: an image is RGB before anything else is done to it, grey repeated and
 * alpha dropped. For RGBA, {@link #renderNativeOrder} gives the other answer, that of the model's
 * own code, which drops alpha last.
 */
public final class ImageProcessor {
  private final PreprocessorConfig config;

  /** A processor with a checkpoint's settings. */
  public ImageProcessor(PreprocessorConfig config) {
    this.config = config;
  }

  /** The settings. */
  public PreprocessorConfig config() {
    return config;
  }

  /** What would be done to an image of this size, without touching pixels. */
  public ResizePlan plan(int width, int height) {
    return ResizePlan.of(width, height, config);
  }

  /**
   * Scales and pads (or crops) an image.
   *
   * @throws ImageRejectedException if the model cannot take an image of this size
   */
  public ProcessedImage process(RgbImage image) throws ImageRejectedException {
    ResizePlan plan = plan(image.width(), image.height());
    if (plan.problem().isPresent()) {
      throw new ImageRejectedException(
          String.format(
              "an image of %d x %d pixels cannot be used: %s",
              image.width(), image.height(), plan.problem().get()));
    }
    return new ProcessedImage(render(image, plan), plan);
  }

  /**
   * Carries a plan out, also one whose grid the merger cannot take.
   *
   * @throws IllegalArgumentException if the plan is for another size or ends in an empty image
   */
  public RgbImage render(RgbImage image, ResizePlan plan) {
    require(plan, image.width(), image.height());
    byte[] pixels =
        BicubicResizer.resize(
            image.rgb(),
            image.width(),
            image.height(),
            3,
            plan.resizedWidth(),
            plan.resizedHeight());
    return align(pixels, plan);
  }

  /** Carries a plan out with alpha in place until the end: resized premultiplied, then dropped. */
  public RgbImage renderNativeOrder(RgbaImage image, ResizePlan plan) {
    require(plan, image.width(), image.height());
    RgbImage resized = image.resize(plan.resizedWidth(), plan.resizedHeight()).dropAlpha();
    return align(resized.rgb(), plan);
  }

  private static void require(ResizePlan plan, int width, int height) {
    if (plan.width() != width || plan.height() != height) {
      throw new IllegalArgumentException(
          String.format(
              "the plan is for %d x %d pixels, the image has %d x %d",
              plan.width(), plan.height(), width, height));
    }
    if (plan.patches() == 0) {
      throw new IllegalArgumentException(plan.problem().orElse("the image is empty"));
    }
  }

  /** Pads with black at the right and bottom, or crops around the centre. */
  private static RgbImage align(byte[] resized, ResizePlan plan) {
    if (plan.finalWidth() == plan.resizedWidth() && plan.finalHeight() == plan.resizedHeight()) {
      return new RgbImage(plan.finalWidth(), plan.finalHeight(), resized);
    }
    byte[] aligned = new byte[Math.multiplyExact(plan.finalHeight() * 3, plan.finalWidth())];
    int rows = Math.min(plan.resizedHeight(), plan.finalHeight());
    int rowBytes = 3 * Math.min(plan.resizedWidth(), plan.finalWidth());
    for (int y = 0; y < rows; y++) {
      int from = 3 * ((y + plan.cropTop()) * plan.resizedWidth() + plan.cropLeft());
      System.arraycopy(resized, from, aligned, 3 * y * plan.finalWidth(), rowBytes);
    }
    return new RgbImage(plan.finalWidth(), plan.finalHeight(), aligned);
  }
}
