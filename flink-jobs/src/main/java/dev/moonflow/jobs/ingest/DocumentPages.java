package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.pieces.RecordSplitter;
import java.util.ArrayList;
import java.util.List;

/**
 * The pages of an open document. A page that cannot be rendered becomes a dead letter and a request
 * that fails by its kind, so that its document does not wait for it.
 */
final class DocumentPages implements RecordSplitter.Parts<DocumentPart> {
  private final DocumentEvents.Plan plan;
  private final RawRecord source;
  private final DocumentReader reader;
  private final PageSplitter splitter;
  private final DocumentSplitter letters;
  private int taken;

  DocumentPages(
      DocumentEvents.Plan plan,
      RawRecord source,
      DocumentReader reader,
      PageSplitter splitter,
      DocumentSplitter letters,
      int taken) {
    this.plan = plan;
    this.source = source;
    this.reader = reader;
    this.splitter = splitter;
    this.letters = letters;
    this.taken = taken;
  }

  @Override
  public int count() {
    return reader.pageCount();
  }

  @Override
  public List<DocumentPart> next() {
    int page = ++taken;
    List<DocumentPart> parts = new ArrayList<>();
    List<PageSplitter.Piece> pieces;
    try {
      pieces = splitter.split(reader, page, plan.dpi());
    } catch (MediaRejectedException | RuntimeException | StackOverflowError e) {
      parts.add(letters.letter(DeadLetter.ofPage(source, Stage.RENDER_PAGE.label(), e, page)));
      pieces = List.of(PageSplitter.Piece.FAILED);
    }
    for (PageSplitter.Piece piece : pieces) {
      parts.add(plan.request(piece, page, count(), source));
    }
    return parts;
  }

  @Override
  public void close() {
    reader.close();
  }
}
