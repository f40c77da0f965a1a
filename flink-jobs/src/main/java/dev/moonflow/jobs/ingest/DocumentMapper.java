package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.jobs.ingest.EventChecks.Choice;
import dev.moonflow.schemas.DocumentEvent;
import java.util.List;

/**
 * One document to one request per page or per line, each with its pixels as PNG. A page that cannot
 * be rendered becomes a dead letter and a request that fails by its kind, so that its document does
 * not wait for it.
 */
final class DocumentMapper implements EventMapper<DocumentEvent> {
  private final IngestSettings settings;
  private final Payloads payloads;
  private final PageSplitter splitter;

  DocumentMapper(IngestSettings settings) {
    this.settings = settings;
    payloads = new Payloads(settings);
    splitter = new PageSplitter(settings.pages(), settings.questions().seenKept());
  }

  /** What is the same for every page. */
  private record Plan(Subject document, String prompt, String linePrompt, int dpi) {}

  @Override
  public void map(DocumentEvent event, RawRecord source, Emitter out)
      throws StageException, InterruptedException {
    Plan plan;
    try {
      plan = plan(event);
      choice(event, 1, Subject.NONE);
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
    List<PageSplitter.Piece> pieces;
    try {
      pieces = splitter.split(reader, page, plan.dpi());
    } catch (MediaRejectedException | RuntimeException | StackOverflowError e) {
      out.deadLetter(DeadLetter.ofPage(source, Stage.RENDER_PAGE.label(), e, page));
      pieces = List.of(PageSplitter.Piece.FAILED);
    }
    for (PageSplitter.Piece piece : pieces) {
      Subject subject =
          plan.document()
              .page(piece.kind(), page, reader.pageCount())
              .with(piece.line(), piece.sheet());
      out.request(request(event, plan, subject, piece.png(), source));
    }
  }

  private PerceptionRequest request(
      DocumentEvent event, Plan plan, Subject subject, byte[] png, RawRecord source)
      throws StageException {
    boolean line = subject.kind() == RequestKind.LINE;
    String prompt = line ? plan.linePrompt() : plan.prompt();
    Choice choice;
    try {
      choice = choice(event, subject.page(), subject.line());
    } catch (FieldRejectedException e) {
      throw new StageException(Stage.CHECK_EVENT, e);
    }
    List<PromptMessage> messages =
        png == null ? List.of() : List.of(PromptMessage.about(EncodedImage.of(png), prompt));
    return new PerceptionRequest(
        subject,
        withoutValue(source),
        messages,
        choice.sampling(),
        choice.maxNewTokens(),
        choice.constraint());
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
    String linePrompt = event.getPrompt() == null ? settings.pages().linePrompt() : prompt;
    return new Plan(document, prompt, linePrompt, EventChecks.dpi(event.getDpi(), settings.dpi()));
  }

  private Choice choice(DocumentEvent event, int page, int line) throws FieldRejectedException {
    long seed =
        line == Subject.NONE
            ? EventSeed.ofPage(event.getId(), page)
            : EventSeed.ofLine(event.getId(), page, line + 1);
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
