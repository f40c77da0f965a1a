package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptPart;

/**
 * The record that stands in the dead letter of a request: the one it came from. A page travels
 * without its document, so that its dead letter holds the page itself, as PNG; key, headers and
 * position are the document's.
 */
final class DeadLetterSource {
  private DeadLetterSource() {}

  static RawRecord of(PerceptionRequest request) {
    if (!request.subject().kind().isPage()) {
      return request.source();
    }
    byte[] page =
        request.messages().stream()
            .flatMap(message -> message.parts().stream())
            .filter(PromptPart.Image.class::isInstance)
            .map(part -> ((PromptPart.Image) part).file().bytes())
            .findFirst()
            .orElse(null);
    return withValue(request.source(), page);
  }

  static RawRecord withoutValue(RawRecord source) {
    return withValue(source, null);
  }

  private static RawRecord withValue(RawRecord source, byte[] value) {
    return new RawRecord(
        source.topic(),
        source.partition(),
        source.offset(),
        source.timestamp(),
        source.key(),
        value,
        source.headers());
  }
}
