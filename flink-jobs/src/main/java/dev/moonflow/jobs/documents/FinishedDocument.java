package dev.moonflow.jobs.documents;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.Subject;
import java.util.List;

/**
 * A document whose pages have all been read, or given up.
 *
 * @param subject what it is about; page numbers do not count
 * @param source position, key and headers of its event
 * @param modelFingerprint of the model that read its first page
 * @param seed of its first page
 * @param pageCount pages it has
 * @param failedPages pages that could not be read, ascending
 * @param text the pages in order, separated by form feeds; a failed page is empty
 * @param markdown the pages as Markdown, or null where pages were read whole
 * @param blankPages pages with nothing on them, ascending
 * @param failedLines lines that could not be read
 */
public record FinishedDocument(
    Subject subject,
    RawRecord source,
    String modelFingerprint,
    long seed,
    int pageCount,
    List<Integer> failedPages,
    String text,
    String markdown,
    List<Integer> blankPages,
    int failedLines) {
  public FinishedDocument {
    blankPages = List.copyOf(blankPages);
    failedPages = List.copyOf(failedPages);
  }
}
