package dev.moonflow.training.rollout;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A conversation that waits for the assistant.
 *
 * @param id of the sample
 * @param messages up to the assistant's last turn
 */
public record Prompt(String id, List<Message> messages) {
  public Prompt {
    messages = List.copyOf(messages);
  }

  /**
   * The parts of a conversation that come before the assistant's last turn, or all if it has none.
   */
  public static List<Part> asked(Sample sample) {
    List<Part> parts = sample.parts();
    int end = parts.size();
    while (end > 0 && parts.get(end - 1).role() == Role.ASSISTANT) {
      end--;
    }
    if (end == 0 || parts.get(end - 1).role() != Role.USER) {
      throw new SampleException(
          "sample " + sample.id() + " has no turn of a user for the assistant to answer.");
    }
    return parts.subList(0, end);
  }

  /**
   * The prompt of a sample, images decoded.
   *
   * @throws SampleException naming the sample if it asks nothing or an image cannot be read
   */
  public static Prompt of(Sample sample) {
    List<Message> messages = new ArrayList<>();
    List<ContentPart> open = new ArrayList<>();
    Role role = null;
    for (Part part : asked(sample)) {
      if (role != null && part.role() != role) {
        messages.add(message(role, open));
        open.clear();
      }
      role = part.role();
      open.add(content(sample, part));
    }
    messages.add(message(role, open));
    return new Prompt(sample.id(), messages);
  }

  private static Message message(Role role, List<ContentPart> parts) {
    return new Message(role.name().toLowerCase(Locale.ROOT), parts);
  }

  private static ContentPart content(Sample sample, Part part) {
    if (part instanceof Part.Text text) {
      return new ContentPart.Text(text.text());
    }
    try {
      DecodedImage decoded = ImageReader.decode(((Part.Image) part).encoded(), MediaLimits.DEFAULT);
      return new ContentPart.Image(new RgbImage(decoded.width(), decoded.height(), decoded.rgb()));
    } catch (MediaRejectedException e) {
      throw new SampleException(
          "an image of sample " + sample.id() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
