package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.pieces.RecordSplitter;
import java.util.function.Consumer;

/** The way of documents, all of their pages at once. */
final class DocumentIngest implements RecordIngest {
  private final DocumentSplitter splitter;

  DocumentIngest(IngestSettings settings) {
    splitter = new DocumentSplitter(settings, new IngestFunction.To("dead-letters", "ingest"), 0);
  }

  @Override
  public void ingest(RawRecord record, Consumer<PerceptionRequest> out)
      throws StageException, InterruptedException {
    DocumentSplitter.Opened opened = splitter.event(record);
    try (RecordSplitter.Parts<DocumentPart> pages = splitter.pages(opened, record, 0)) {
      for (int page = 0; page < pages.count(); page++) {
        for (DocumentPart part : pages.next()) {
          if (part instanceof DocumentPart.Request request) {
            out.accept(request.request());
          }
        }
      }
    }
  }

  @Override
  public void close() {
    splitter.close();
  }
}
