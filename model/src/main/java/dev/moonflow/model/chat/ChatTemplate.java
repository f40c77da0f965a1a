package dev.moonflow.model.chat;

import dev.moonflow.model.chat.PromptPart.Control;
import dev.moonflow.model.chat.PromptPart.Media;
import dev.moonflow.model.chat.PromptPart.Plain;
import dev.moonflow.model.tokenizer.TokenBuffer;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Conversations as prompts (SPEC sections 3.6 and 3.7). Nothing is inserted between the parts: no
 * newlines, no spaces. Thread-safe.
 *
 * <p>Ids are made part by part, not from a rendered string: control tokens come from the template
 * alone, and text of users cannot become one.
 */
public final class ChatTemplate {

  /** What a conversation that does not begin with a system message is given. */
  public static final String DEFAULT_SYSTEM_PROMPT = "You are a helpful assistant";

  private static final String MIDDLE = "<|im_middle|>";
  private static final String END = "<|im_end|>";
  private static final String MEDIA_PAD = "<|media_pad|>";

  private final Tokenizer tokenizer;
  private final int mediaTokenId;

  /**
   * The template over a tokenizer.
   *
   * @param mediaTokenId the id that stands for a media token, {@code media_placeholder_token_id}
   * @throws dev.moonflow.model.checkpoint.CheckpointException if the tokenizer lacks one of the
   *     template's control tokens
   */
  public ChatTemplate(Tokenizer tokenizer, int mediaTokenId) {
    this.tokenizer = tokenizer;
    this.mediaTokenId = mediaTokenId;
    for (String name :
        List.of(
            "<|im_system|>",
            "<|im_user|>",
            "<|im_assistant|>",
            MIDDLE,
            END,
            "<|media_start|>",
            "<|media_content|>",
            "<|media_end|>")) {
      tokenizer.requiredSpecial(name);
    }
  }

  /**
   * The prompt as text, one {@code <|media_pad|>} per image; for people, not for the model.
   *
   * @param generationPrompt whether the assistant's turn is opened at the end
   */
  public String render(List<Message> messages, boolean generationPrompt) {
    StringBuilder text = new StringBuilder();
    for (PromptPart part : parts(messages, generationPrompt)) {
      if (part instanceof Plain plain) {
        text.append(plain.text());
      } else if (part instanceof Control control) {
        text.append(control.name());
      } else {
        text.append(MEDIA_PAD);
      }
    }
    return text.toString();
  }

  /**
   * The prompt as ids.
   *
   * @param generationPrompt whether the assistant's turn is opened at the end
   * @param mediaTokens tokens of each image, in order of appearance
   * @throws IllegalArgumentException if the number of images differs
   */
  public int[] encode(List<Message> messages, boolean generationPrompt, int[] mediaTokens) {
    TokenBuffer ids = new TokenBuffer();
    int image = 0;
    for (PromptPart part : parts(messages, generationPrompt)) {
      if (part instanceof Plain plain) {
        ids.addAll(tokenizer.encode(plain.text()));
      } else if (part instanceof Control control) {
        ids.add(tokenizer.requiredSpecial(control.name()));
      } else {
        if (image == mediaTokens.length) {
          throw new IllegalArgumentException(
              "the messages hold more than the " + mediaTokens.length + " images given");
        }
        for (int i = 0; i < mediaTokens[image]; i++) {
          ids.add(mediaTokenId);
        }
        image++;
      }
    }
    if (image != mediaTokens.length) {
      throw new IllegalArgumentException(
          mediaTokens.length + " images are given, the messages hold " + image);
    }
    return ids.toArray();
  }

  /** The parts in order; neighbouring text is one part, because tokens may cross it. */
  private static List<PromptPart> parts(List<Message> messages, boolean generationPrompt) {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a conversation needs at least one message");
    }
    Parts parts = new Parts();
    if (!messages.get(0).role().equals("system")) {
      parts.control("<|im_system|>").text("system").control(MIDDLE);
      parts.text(DEFAULT_SYSTEM_PROMPT).control(END);
    }
    for (Message message : messages) {
      switch (message.role()) {
        case "system" -> parts.control("<|im_system|>");
        case "user" -> parts.control("<|im_user|>");
        case "assistant" -> parts.control("<|im_assistant|>");
        default -> {}
      }
      parts.text(message.role()).control(MIDDLE);
      message.parts().forEach(parts::content);
      parts.control(END);
    }
    if (generationPrompt) {
      parts.control("<|im_assistant|>").text("assistant").control(MIDDLE);
    }
    return parts.finish();
  }

  private static final class Parts {
    private final List<PromptPart> parts = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();

    Parts text(String text) {
      open.append(text);
      return this;
    }

    Parts control(String name) {
      closeText();
      parts.add(new Control(name));
      return this;
    }

    void content(ContentPart part) {
      if (part instanceof ContentPart.Text text) {
        text(text.text());
      } else {
        control("<|media_start|>").text("image").control("<|media_content|>");
        parts.add(new Media());
        control("<|media_end|>");
      }
    }

    List<PromptPart> finish() {
      closeText();
      return parts;
    }

    private void closeText() {
      if (open.length() > 0) {
        parts.add(new Plain(open.toString()));
        open.setLength(0);
      }
    }
  }
}
