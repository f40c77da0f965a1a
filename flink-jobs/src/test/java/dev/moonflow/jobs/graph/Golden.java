package dev.moonflow.jobs.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.moonflow.schemas.ContentPart;
import dev.moonflow.schemas.Message;
import dev.moonflow.schemas.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The golden conversations and what the model must answer to them. */
final class Golden {
  private Golden() {}

  /** A conversation and its greedy ids. */
  record Chat(String name, List<Message> messages, int promptTokens, List<Integer> greedyIds) {}

  static Path path(String first, String... more) {
    return Path.of(System.getProperty("moonflow.golden.dir"), first)
        .resolve(String.join("/", more));
  }

  static byte[] image(String name) throws IOException {
    return Files.readAllBytes(path("images", name));
  }

  /** Every case that is a conversation to answer. */
  static List<Chat> chats() throws IOException {
    JsonMapper json = new JsonMapper();
    Map<String, JsonNode> conversations = new HashMap<>();
    json.readTree(path("tokenizer", "chat.json").toFile())
        .forEach(chat -> conversations.put(chat.get("case").asText(), chat));
    List<Chat> chats = new ArrayList<>();
    for (JsonNode expected : json.readTree(path("e2e", "cases.json").toFile())) {
      if (expected.has("chat_case")) {
        JsonNode chat = conversations.get(expected.get("chat_case").asText());
        List<Integer> ids = new ArrayList<>();
        expected.get("greedy_ids").forEach(id -> ids.add(id.asInt()));
        chats.add(
            new Chat(
                expected.get("case").asText(),
                messages(chat.get("messages")),
                expected.get("n_tokens").asInt(),
                ids));
      }
    }
    return chats;
  }

  private static List<Message> messages(JsonNode turns) throws IOException {
    List<Message> messages = new ArrayList<>();
    for (JsonNode turn : turns) {
      List<ContentPart> parts = new ArrayList<>();
      JsonNode content = turn.get("content");
      if (content.isTextual()) {
        parts.add(ContentPart.newBuilder().setText(content.asText()).build());
      }
      for (JsonNode part : content) {
        parts.add(
            part.get("type").asText().equals("text")
                ? ContentPart.newBuilder().setText(part.get("text").asText()).build()
                : ContentPart.newBuilder()
                    .setImage(inline(image(part.get("image").asText())))
                    .build());
      }
      messages.add(new Message(turn.get("role").asText(), parts));
    }
    return messages;
  }

  static Payload inline(byte[] bytes) {
    return Payload.newBuilder().setInline(ByteBuffer.wrap(bytes)).build();
  }
}
