package dev.moonflow.model.engine;

import java.util.List;

/**
 * What one engine step did.
 *
 * @param finished requests that ended in this step, in the order of submission
 * @param patches vision patches encoded
 * @param prefillTokens prompt tokens that entered the cache
 * @param decodeTokens tokens generated
 * @param running requests admitted and not finished, after the step
 * @param waiting requests not admitted, after the step
 * @param reuse images that were encoded, and those that needed not be
 */
public record StepReport(
    List<Progress> finished,
    int patches,
    int prefillTokens,
    int decodeTokens,
    int running,
    int waiting,
    ImageReuse reuse) {

  /**
   * How the images of a step came to their features.
   *
   * @param encoded images that were encoded
   * @param reused images whose features were at hand, or came with an equal image of the step
   * @param patchesReused vision patches of the reused ones
   */
  public record ImageReuse(int encoded, int reused, int patchesReused) {
    /** No image at all. */
    public static final ImageReuse NONE = new ImageReuse(0, 0, 0);
  }

  /** A step without images. */
  public StepReport(
      List<Progress> finished,
      int patches,
      int prefillTokens,
      int decodeTokens,
      int running,
      int waiting) {
    this(finished, patches, prefillTokens, decodeTokens, running, waiting, ImageReuse.NONE);
  }
}
