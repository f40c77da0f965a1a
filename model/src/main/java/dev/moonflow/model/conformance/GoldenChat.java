package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation of the folder, its images read.
 *
 * @param messages in order
 * @param images of all messages, in order of appearance
 */
record GoldenChat(List<Message> messages, List<RgbImage> images) {

  /**
   * Reads the messages of a case; an item is an image if its type says so or if it has the key
   * {@code image} or {@code image_url} (SPEC section 3.6).
   */
  static GoldenChat read(GoldenFolder golden, JsonNode item) throws IOException {
    List<RgbImage> images = images(golden, item);
    List<Message> messages = new ArrayList<>();
    int next = 0;
    for (JsonNode message : item.path("messages")) {
      List<ContentPart> parts = new ArrayList<>();
      if (message.path("content").isTextual()) {
        parts.add(new ContentPart.Text(message.path("content").asText()));
      } else {
        for (JsonNode part : message.path("content")) {
          if (isImage(part)) {
            parts.add(new ContentPart.Image(images.get(next++)));
          } else {
            parts.add(new ContentPart.Text(part.path("text").asText()));
          }
        }
      }
      messages.add(new Message(message.path("role").asText(), parts));
    }
    return new GoldenChat(messages, images);
  }

  /** The images that a case names, in order. */
  static List<RgbImage> images(GoldenFolder golden, JsonNode item) throws IOException {
    List<RgbImage> images = new ArrayList<>();
    for (JsonNode name : item.path("images")) {
      images.add(golden.image("images/" + name.asText()).rgb());
    }
    return images;
  }

  private static boolean isImage(JsonNode part) {
    return part.path("type").asText().equals("image") || part.has("image") || part.has("image_url");
  }
}
