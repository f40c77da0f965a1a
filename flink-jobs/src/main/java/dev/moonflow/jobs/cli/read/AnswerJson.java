package dev.moonflow.jobs.cli.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.model.chat.Answer;
import java.util.Locale;

/** An answer as a line of JSON. */
public final class AnswerJson {
  private AnswerJson() {}

  /**
   * One line.
   *
   * @param page from 1
   * @param pages how many the file has
   */
  public static String line(
      String file, int page, int pages, String prompt, String fingerprint, PageAnswer result) {
    Answer answer = result.answer();
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("file", file);
    line.put("page", page);
    line.put("page_count", pages);
    line.put("prompt", prompt);
    line.put("text", answer.text());
    line.put("thinking", answer.reasoning().isEmpty() ? null : answer.reasoning());
    line.put("finish_reason", result.reason().name().toLowerCase(Locale.ROOT));
    line.put("prompt_tokens", result.promptTokens());
    ArrayNode ids = line.putArray("token_ids");
    for (int id : result.tokens()) {
      ids.add(id);
    }
    line.put("model_fingerprint", fingerprint);
    line.put("seconds", result.time().toMillis() / 1000.0);
    return line.toString();
  }
}
