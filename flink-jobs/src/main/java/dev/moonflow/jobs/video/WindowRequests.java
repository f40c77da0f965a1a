package dev.moonflow.jobs.video;

import dev.moonflow.connectors.headers.PassThroughHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.EncodedImage;
import dev.moonflow.jobs.ingest.EventSeed;
import dev.moonflow.jobs.ingest.FrameWindow;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.model.engine.SamplingParameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the requests of windows together, from the requests of their frames. */
final class WindowRequests {
  private final VideoSettings settings;

  WindowRequests(VideoSettings settings) {
    this.settings = settings;
  }

  /**
   * A frame as it is kept: its image apart from its record, and of the record what is carried on.
   */
  static PerceptionRequest kept(PerceptionRequest frame) {
    List<PromptMessage> messages = new ArrayList<>();
    for (PromptMessage message : frame.messages()) {
      List<PromptPart> parts = new ArrayList<>();
      for (PromptPart part : message.parts()) {
        parts.add(
            part instanceof PromptPart.Image image
                ? new PromptPart.Image(EncodedImage.of(image.file().bytes()))
                : part);
      }
      messages.add(new PromptMessage(message.role(), parts));
    }
    return new PerceptionRequest(
        frame.subject(),
        bare(frame.source()),
        messages,
        frame.sampling(),
        frame.maxNewTokens(),
        frame.constraint());
  }

  /** A record without its value and the headers that results do not carry on. */
  static RawRecord bare(RawRecord source) {
    return new RawRecord(
        source.topic(),
        source.partition(),
        source.offset(),
        source.timestamp(),
        source.key(),
        null,
        PassThroughHeaders.of(source.headers()));
  }

  /** The image of a frame. */
  static PromptPart.Image image(PerceptionRequest frame) {
    return frame.messages().stream()
        .flatMap(message -> message.parts().stream())
        .filter(PromptPart.Image.class::isInstance)
        .map(PromptPart.Image.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /**
   * A window that shows something new.
   *
   * @param before frames of the time before, oldest first
   * @param shown frames of the window, oldest first; the last one's prompt and options count
   * @param first whether nothing of the stream is remembered
   */
  PerceptionRequest changed(
      String stream,
      OpenWindow window,
      List<PerceptionRequest> before,
      List<PerceptionRequest> shown,
      boolean first) {
    PerceptionRequest last = shown.get(shown.size() - 1);
    List<PromptPart> parts = new ArrayList<>();
    before.forEach(frame -> parts.add(image(frame)));
    if (!first && settings.captions() > 0) {
      parts.add(new PromptPart.Earlier(settings.earlier(), settings.captions()));
    }
    shown.forEach(frame -> parts.add(image(frame)));
    last.messages().stream()
        .flatMap(message -> message.parts().stream())
        .filter(PromptPart.Text.class::isInstance)
        .forEach(parts::add);
    Subject subject = subject(stream, window, RequestKind.WINDOW, last.subject().attributes());
    return new PerceptionRequest(
        subject,
        window.newest(),
        List.of(new PromptMessage("user", parts)),
        sampling(last, subject),
        last.maxNewTokens(),
        last.constraint());
  }

  /** A window that shows nothing new since {@code last}. */
  PerceptionRequest unchanged(String stream, OpenWindow window, PerceptionRequest last) {
    Subject subject =
        subject(stream, window, RequestKind.UNCHANGED_WINDOW, last.subject().attributes());
    return new PerceptionRequest(
        subject, window.newest(), List.of(), sampling(last, subject), last.maxNewTokens());
  }

  /** The end of what is remembered of a stream. */
  static PerceptionRequest end(String stream, long time, RawRecord source) {
    return new PerceptionRequest(
        Subject.of(stream, stream, RequestKind.STREAM_END, time, Map.of()),
        source,
        List.of(),
        SamplingParameters.greedy(),
        1);
  }

  private Subject subject(
      String stream, OpenWindow window, RequestKind kind, Map<String, String> attributes) {
    String id = stream + "@" + Instant.ofEpochMilli(window.start());
    return Subject.of(stream, id, kind, window.start(), attributes)
        .with(
            new FrameWindow(
                window.start(),
                window.start() + settings.window().toMillis(),
                window.frames(),
                window.skipped(),
                window.missing()));
  }

  /** A seed that was derived from the frame's id is derived from the window's instead. */
  private static SamplingParameters sampling(PerceptionRequest frame, Subject window) {
    SamplingParameters own = frame.sampling();
    long seed =
        own.seed() == EventSeed.of(frame.subject().eventId())
            ? EventSeed.of(window.eventId())
            : own.seed();
    return new SamplingParameters(own.temperature(), own.topP(), seed, own.ignoreStopTokens());
  }
}
