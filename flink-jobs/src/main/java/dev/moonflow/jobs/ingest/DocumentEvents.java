package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.EventChecks.Choice;
import dev.moonflow.schemas.DocumentEvent;
import java.util.List;

/** Document events to what is asked of their pages. */
final class DocumentEvents {
  private final IngestSettings settings;

  DocumentEvents(IngestSettings settings) {
    this.settings = settings;
  }

  /** An event whose fields are checked. */
  Plan plan(DocumentEvent event) throws StageException {
    try {
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
      int dpi = EventChecks.dpi(event.getDpi(), settings.dpi());
      Plan plan = new Plan(event, document, prompt, linePrompt, dpi, settings.sampling());
      plan.choice(1, Subject.NONE);
      return plan;
    } catch (FieldRejectedException e) {
      throw new StageException(Stage.CHECK_EVENT, e);
    }
  }

  /**
   * What is the same for every page.
   *
   * @param document what results say of it
   * @param dpi resolution of rendered pages
   */
  record Plan(
      DocumentEvent event,
      Subject document,
      String prompt,
      String linePrompt,
      int dpi,
      IngestSettings.SamplingDefaults defaults) {

    private Choice choice(int page, int line) throws FieldRejectedException {
      long seed =
          line == Subject.NONE
              ? EventSeed.ofPage(event.getId(), page)
              : EventSeed.ofLine(event.getId(), page, line + 1);
      return EventChecks.choice(event.getOptions(), seed, defaults);
    }

    /**
     * The request of a piece of a page.
     *
     * @param page from 1
     */
    DocumentPart.Request request(
        PageSplitter.Piece piece, int page, int pageCount, RawRecord source) {
      Subject subject =
          document.page(piece.kind(), page, pageCount).with(piece.line(), piece.sheet());
      boolean line = piece.kind() == RequestKind.LINE;
      Choice choice;
      try {
        choice = choice(page, piece.line());
      } catch (FieldRejectedException e) {
        throw new IllegalStateException("the first page was given a choice", e);
      }
      List<PromptMessage> messages =
          piece.png() == null
              ? List.of()
              : List.of(
                  PromptMessage.about(EncodedImage.of(piece.png()), line ? linePrompt : prompt));
      return new DocumentPart.Request(
          new PerceptionRequest(
              subject,
              withoutValue(source),
              messages,
              choice.sampling(),
              choice.maxNewTokens(),
              choice.constraint()));
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
}
