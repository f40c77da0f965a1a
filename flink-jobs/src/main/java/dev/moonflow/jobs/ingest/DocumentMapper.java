package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.jobs.ingest.EventChecks.Choice;
import dev.moonflow.schemas.DocumentEvent;
import java.util.List;

/**
 * One document to one request per page, each with the page as PNG. A page that cannot be rendered
 * becomes a dead letter and a request that fails by its kind, so that its document does not wait
 * for it.
 */
final class DocumentMapper implements EventMapper<DocumentEvent> {
  private final IngestSettings settings;
  private final Payloads payloads;

  DocumentMapper(IngestSettings settings) {
    this.settings = settings;
    payloads = new Payloads(settings);
  }

  /** What is the same for every page. */
  private record Plan(Subject document, String prompt, int dpi) {}

  @Override
  public void map(DocumentEvent event, RawRecord source, Emitter out)
      throws StageException, InterruptedException {
    Plan plan;
    try {
      plan = plan(event);
      choice(event, 1);
    } catch (FieldRejectedException e) {
      throw new StageException(Stage.CHECK_EVENT, e);
    }
    byte[] bytes = payloads.bytes(event.getDocument());
    try (DocumentReader reader = open(bytes)) {
      for (int page = 1; page <= reader.pageCount(); page++) {
        emitPage(event, plan, reader, page, source, out);
      }
    }
  }

  private void emitPage(
      DocumentEvent event,
      Plan plan,
      DocumentReader reader,
      int page,
      RawRecord source,
      Emitter out)
      throws StageException {
    RequestKind kind = RequestKind.PAGE;
    List<PromptMessage> messages = List.of();
    try {
      byte[] png = PngEncoder.encode(reader.renderPage(page - 1, plan.dpi()));
      messages = List.of(PromptMessage.about(EncodedImage.of(png), plan.prompt()));
    } catch (MediaRejectedException | RuntimeException | StackOverflowError e) {
      out.deadLetter(DeadLetter.ofPage(source, Stage.RENDER_PAGE.label(), e, page));
      kind = RequestKind.FAILED_PAGE;
    }
    Choice choice;
    try {
      choice = choice(event, page);
    } catch (FieldRejectedException e) {
      throw new StageException(Stage.CHECK_EVENT, e);
    }
    out.request(
        new PerceptionRequest(
            plan.document().page(kind, page, reader.pageCount()),
            withoutValue(source),
            messages,
            choice.sampling(),
            choice.maxNewTokens(),
            choice.constraint()));
  }

  private Plan plan(DocumentEvent event) throws FieldRejectedException {
    Subject document =
        Subject.of(
            EventChecks.id("source_id", event.getSourceId()),
            EventChecks.id("id", event.getId()),
            RequestKind.IMAGE_OCR,
            EventChecks.time(event.getEventTime()),
            event.getAttributes());
    String prompt =
        EventChecks.prompt(
            event.getPrompt(), settings.prompts().document(), settings.textCharacters());
    return new Plan(document, prompt, EventChecks.dpi(event.getDpi(), settings.dpi()));
  }

  private Choice choice(DocumentEvent event, int page) throws FieldRejectedException {
    long seed = EventSeed.ofPage(event.getId(), page);
    return EventChecks.choice(event.getOptions(), seed, settings.sampling());
  }

  private DocumentReader open(byte[] bytes) throws StageException {
    try {
      return DocumentReader.open(bytes, settings.media());
    } catch (MediaRejectedException | RuntimeException | StackOverflowError e) {
      throw new StageException(Stage.CHECK_MEDIA, e);
    }
  }

  private static RawRecord withoutValue(RawRecord source) {
    return new RawRecord(
        source.topic(),
        source.partition(),
        source.offset(),
        source.timestamp(),
        source.key(),
        null,
        source.headers());
  }
}
