package dev.moonflow.model.engine;

import dev.moonflow.model.chat.Message;
import java.util.List;
import java.util.Objects;

/**
 * One thing to generate.
 *
 * @param id unique among the requests of one engine
 * @param messages the conversation to continue
 * @param sampling how tokens are chosen
 * @param maxNewTokens tokens to generate at most, resumed ones included; at least 1
 * @param resumeTokens tokens that an earlier engine generated already; generation goes on after
 *     them
 */
public record GenerationRequest(
    String id,
    List<Message> messages,
    SamplingParameters sampling,
    int maxNewTokens,
    int[] resumeTokens) {
  public GenerationRequest {
    Objects.requireNonNull(id, "id");
    messages = List.copyOf(messages);
    Objects.requireNonNull(sampling, "sampling");
    resumeTokens = resumeTokens.clone();
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens must be at least 1: " + maxNewTokens);
    }
  }
}
