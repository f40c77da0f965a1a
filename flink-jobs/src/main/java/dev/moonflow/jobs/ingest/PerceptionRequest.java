package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.CodecTypeInformation;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.SamplingParameters;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * One thing to perceive: what the model is shown and asked, and what its answer will be about.
 * Immutable; kept in state until its result has left.
 *
 * @param subject what the result will carry back
 * @param source the Kafka record it comes from; of a page without its value, which would repeat the
 *     document once per page
 * @param messages the conversation; empty only for {@link RequestKind#FAILED_PAGE}
 * @param sampling how tokens are chosen, the seed decided
 * @param maxNewTokens tokens to generate at most
 * @param constraint what the answer must look like, or null
 */
@TypeInfo(PerceptionRequestTypeFactory.class)
public record PerceptionRequest(
    Subject subject,
    RawRecord source,
    List<PromptMessage> messages,
    SamplingParameters sampling,
    int maxNewTokens,
    Constraint constraint) {

  /** How Flink moves and stores it. */
  public static final TypeInformation<PerceptionRequest> TYPE =
      new CodecTypeInformation<>(PerceptionRequest.class, PerceptionRequestSerializer.INSTANCE);

  public PerceptionRequest {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(source, "source");
    messages = List.copyOf(messages);
    Objects.requireNonNull(sampling, "sampling");
  }

  /** A request whose answer may look like anything. */
  public PerceptionRequest(
      Subject subject,
      RawRecord source,
      List<PromptMessage> messages,
      SamplingParameters sampling,
      int maxNewTokens) {
    this(subject, source, messages, sampling, maxNewTokens, null);
  }

  /** Bytes of the record's value and of images that do not lie within it. */
  public long bytes() {
    long bytes = source.value() == null ? 0 : source.value().length;
    for (PromptMessage message : messages) {
      for (PromptPart part : message.parts()) {
        if (part instanceof PromptPart.Image image && image.file().array() != source.value()) {
          bytes += image.file().length();
        }
      }
    }
    return bytes;
  }

  /** The key by which the stream is partitioned. */
  public String key() {
    return subject.key();
  }
}
