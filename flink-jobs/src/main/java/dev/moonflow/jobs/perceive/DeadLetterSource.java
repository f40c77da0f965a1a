package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;

/**
 * The record that stands in the dead letter of a request: the one it came from. A page travels
 * without its document, so that its dead letter holds the page itself, as PNG; key, headers and
 * position are the document's. A window of a video is the newest frame that was shown of it.
 */
final class DeadLetterSource {
  private DeadLetterSource() {}

  static RawRecord of(PerceptionRequest request) {
    RequestKind kind = request.subject().kind();
    if (!kind.isPage() && kind != RequestKind.WINDOW) {
      return request.source();
    }
    byte[] image =
        request.messages().stream()
            .flatMap(message -> message.parts().stream())
            .filter(PromptPart.Image.class::isInstance)
            .map(part -> ((PromptPart.Image) part).file().bytes())
            .reduce((first, second) -> second)
            .orElse(null);
    return withValue(request.source(), image);
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
