package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.EventChecks.Choice;
import dev.moonflow.schemas.VideoFrameEvent;
import java.util.List;
import java.util.function.Consumer;

/** One video frame to one request: describe it. */
final class FrameMapper implements EventMapper<VideoFrameEvent> {
  private final IngestSettings settings;
  private final Payloads payloads;

  FrameMapper(IngestSettings settings) {
    this.settings = settings;
    payloads = new Payloads(settings);
  }

  @Override
  public void map(VideoFrameEvent event, RawRecord source, Consumer<PerceptionRequest> out)
      throws StageException, InterruptedException {
    Subject subject;
    String prompt;
    Choice choice;
    try {
      subject = subject(event);
      prompt =
          EventChecks.prompt(
              event.getPrompt(), settings.prompts().frame(), settings.textCharacters());
      long seed = EventSeed.of(subject.eventId());
      choice = EventChecks.choice(event.getOptions(), seed, settings.sampling());
    } catch (FieldRejectedException e) {
      throw new StageException(Stage.CHECK_EVENT, e);
    }
    EncodedImage image = payloads.image(event.getFrame(), source);
    out.accept(
        new PerceptionRequest(
            subject,
            source,
            List.of(PromptMessage.about(image, prompt)),
            choice.sampling(),
            choice.maxNewTokens(),
            choice.constraint()));
  }

  private static Subject subject(VideoFrameEvent event) throws FieldRejectedException {
    if (event.getFrameIndex() < 0) {
      throw new FieldRejectedException(
          "frame_index", "must be at least 0, got " + event.getFrameIndex());
    }
    return Subject.of(
            EventChecks.id("stream_id", event.getStreamId()),
            EventChecks.id("id", event.getId()),
            RequestKind.FRAME,
            EventChecks.time(event.getEventTime()),
            event.getAttributes())
        .frame(event.getFrameIndex());
  }
}
