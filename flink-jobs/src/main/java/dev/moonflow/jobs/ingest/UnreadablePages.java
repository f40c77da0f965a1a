package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.pieces.RecordSplitter;
import java.util.ArrayList;
import java.util.List;

/** A document that cannot be opened: its dead letter, and its pages as failed if some have left. */
final class UnreadablePages implements RecordSplitter.Parts<DocumentPart> {
  private final DocumentEvents.Plan plan;
  private final RawRecord source;
  private final int count;
  private DocumentPart.Letter letter;
  private int taken;

  /**
   * Such a document.
   *
   * @param plan what was read of its event, or null
   * @param count pages as they were counted when it could be opened, or 0
   */
  UnreadablePages(
      DocumentPart.Letter letter,
      DocumentEvents.Plan plan,
      RawRecord source,
      int taken,
      int count) {
    this.letter = letter;
    this.plan = plan;
    this.source = source;
    this.taken = taken;
    this.count = count;
  }

  @Override
  public int count() {
    return Math.max(1, count);
  }

  @Override
  public List<DocumentPart> next() {
    List<DocumentPart> parts = new ArrayList<>();
    if (letter != null) {
      parts.add(letter);
      letter = null;
    }
    taken++;
    if (count > 0 && plan != null) {
      parts.add(plan.request(PageSplitter.Piece.FAILED, taken, count, source));
    }
    return parts;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
