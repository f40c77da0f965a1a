package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.SamplingParameters;
import java.util.Objects;

/**
 * One thing to ask a {@link SharedEngine}.
 *
 * @param image an encoded image (PNG, JPEG, TIFF, WebP), or null for none; not written any more
 * @param prompt what is asked
 * @param sampling how tokens are chosen
 * @param maxNewTokens tokens of the answer at most
 * @param constraint what the answer must look like, or null
 * @param media what the image may weigh; its header is held to it before a pixel is decoded
 */
public record Question(
    byte[] image,
    String prompt,
    SamplingParameters sampling,
    int maxNewTokens,
    Constraint constraint,
    MediaLimits media) {
  public Question {
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(sampling, "sampling");
    Objects.requireNonNull(media, "media");
  }
}
