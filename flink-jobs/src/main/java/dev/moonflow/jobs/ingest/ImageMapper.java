package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.EventChecks.Choice;
import dev.moonflow.schemas.ImageEvent;
import java.util.List;
import java.util.function.Consumer;

/** One image to one request: read it or describe it. */
final class ImageMapper implements EventMapper<ImageEvent> {
  private final IngestSettings settings;
  private final Payloads payloads;

  ImageMapper(IngestSettings settings) {
    this.settings = settings;
    payloads = new Payloads(settings);
  }

  @Override
  public void map(ImageEvent event, RawRecord source, Consumer<PerceptionRequest> out)
      throws StageException, InterruptedException {
    Subject subject;
    String prompt;
    Choice choice;
    try {
      subject = subject(event);
      boolean ocr = subject.kind() == RequestKind.IMAGE_OCR;
      String otherwise = ocr ? settings.prompts().ocr() : settings.prompts().caption();
      prompt = EventChecks.prompt(event.getPrompt(), otherwise, settings.textCharacters());
      long seed = EventSeed.of(subject.eventId());
      choice = EventChecks.choice(event.getOptions(), seed, settings.sampling());
    } catch (FieldRejectedException e) {
      throw new StageException(Stage.CHECK_EVENT, e);
    }
    EncodedImage image = payloads.image(event.getImage(), source);
    out.accept(
        new PerceptionRequest(
            subject,
            source,
            List.of(PromptMessage.about(image, prompt)),
            choice.sampling(),
            choice.maxNewTokens(),
            choice.constraint()));
  }

  private static Subject subject(ImageEvent event) throws FieldRejectedException {
    RequestKind kind =
        switch (event.getTask()) {
          case "ocr" -> RequestKind.IMAGE_OCR;
          case "caption" -> RequestKind.IMAGE_CAPTION;
          default ->
              throw new FieldRejectedException(
                  "task", "must be ocr or caption, got \"" + event.getTask() + "\"");
        };
    return Subject.of(
        EventChecks.id("source_id", event.getSourceId()),
        EventChecks.id("id", event.getId()),
        kind,
        EventChecks.time(event.getEventTime()),
        event.getAttributes());
  }
}
