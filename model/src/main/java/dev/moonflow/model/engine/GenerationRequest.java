package dev.moonflow.model.engine;

import dev.moonflow.model.chat.Message;
import dev.moonflow.model.constraint.Constraint;
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
 * @param constraint what the answer must look like, or null
 * @param features what an earlier engine computed of the images, and whether they are wanted
 */
public record GenerationRequest(
    String id,
    List<Message> messages,
    SamplingParameters sampling,
    int maxNewTokens,
    int[] resumeTokens,
    Constraint constraint,
    KnownFeatures features) {
  public GenerationRequest {
    Objects.requireNonNull(id, "id");
    messages = List.copyOf(messages);
    Objects.requireNonNull(sampling, "sampling");
    Objects.requireNonNull(features, "features");
    resumeTokens = resumeTokens.clone();
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens must be at least 1: " + maxNewTokens);
    }
  }

  /** A request of whose images nothing is known. */
  public GenerationRequest(
      String id,
      List<Message> messages,
      SamplingParameters sampling,
      int maxNewTokens,
      int[] resumeTokens,
      Constraint constraint) {
    this(id, messages, sampling, maxNewTokens, resumeTokens, constraint, KnownFeatures.NONE);
  }

  /** A request whose answer may look like anything. */
  public GenerationRequest(
      String id,
      List<Message> messages,
      SamplingParameters sampling,
      int maxNewTokens,
      int[] resumeTokens) {
    this(id, messages, sampling, maxNewTokens, resumeTokens, null);
  }
}
