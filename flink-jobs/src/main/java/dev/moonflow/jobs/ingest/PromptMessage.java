package dev.moonflow.jobs.ingest;

import java.util.List;
import java.util.Objects;

/**
 * One turn of the conversation that the model continues.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 * @param parts in reading order
 */
public record PromptMessage(String role, List<PromptPart> parts) {
  public PromptMessage {
    Objects.requireNonNull(role, "role");
    parts = List.copyOf(parts);
  }

  /** What a user says about an image. */
  public static PromptMessage about(EncodedImage image, String text) {
    return new PromptMessage(
        "user", List.of(new PromptPart.Image(image), new PromptPart.Text(text)));
  }
}
