package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.pieces.RecordSplitter;
import dev.moonflow.schemas.DocumentEvent;

/**
 * Takes documents apart page by page. A document that cannot be opened is one dead letter; where
 * some of its pages had left before (its claim check's object may be gone after a restart), the
 * others fail with it, so that what has been read of it is still written.
 */
public final class DocumentSplitter implements RecordSplitter<DocumentPart> {
  private final EventDecoder<DocumentEvent> events;
  private final DocumentEvents documents;
  private final IngestSettings settings;
  private final Payloads payloads;
  private final PageSplitter pages;
  private final IngestFunction.To to;
  private final int subtask;

  DocumentSplitter(IngestSettings settings, IngestFunction.To to, int subtask) {
    this.settings = settings;
    this.to = to;
    this.subtask = subtask;
    events = new EventDecoder<>(settings, DocumentEvent.class);
    documents = new DocumentEvents(settings);
    payloads = new Payloads(settings);
    pages = new PageSplitter(settings.pages(), settings.questions().seenKept());
  }

  /** Splitters under these settings, whose dead letters say {@code to}. */
  public static RecordSplitter.Factory<DocumentPart> factory(
      IngestSettings settings, IngestFunction.To to) {
    return subtask -> new DocumentSplitter(settings, to, subtask);
  }

  @Override
  public Parts<DocumentPart> open(RawRecord record, int taken, int count)
      throws InterruptedException {
    Opened event = null;
    try {
      event = event(record);
      return pages(event, record, taken);
    } catch (StageException e) {
      DocumentPart.Letter letter = letter(DeadLetter.of(record, e.stage().label(), e.getCause()));
      DocumentEvents.Plan plan = event == null ? null : event.plan();
      return new UnreadablePages(letter, plan, record, taken, count);
    }
  }

  /** An event whose fields are checked. */
  record Opened(DocumentEvent event, DocumentEvents.Plan plan) {}

  /** The event of a record. */
  Opened event(RawRecord record) throws StageException, InterruptedException {
    DocumentEvent event = events.decode(record);
    return new Opened(event, documents.plan(event));
  }

  /** The pages of an event's document, behind those that were taken before. */
  Parts<DocumentPart> pages(Opened event, RawRecord record, int taken)
      throws StageException, InterruptedException {
    byte[] bytes = payloads.bytes(event.event().getDocument());
    return new DocumentPages(event.plan(), record, reader(bytes), pages, this, taken);
  }

  private DocumentReader reader(byte[] bytes) throws StageException {
    try {
      return DocumentReader.open(bytes, settings.media());
    } catch (MediaRejectedException | RuntimeException | StackOverflowError e) {
      throw new StageException(Stage.CHECK_MEDIA, e);
    }
  }

  /** A dead letter on its way. */
  DocumentPart.Letter letter(DeadLetter letter) {
    return new DocumentPart.Letter(
        letter.toOutputRecord(to.deadLetterTopic(), to.jobName(), subtask));
  }

  @Override
  public void close() {
    events.close();
  }
}
