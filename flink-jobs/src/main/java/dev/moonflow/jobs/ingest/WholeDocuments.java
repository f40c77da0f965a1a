package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.pieces.RecordSplitter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Takes each document apart in one go: for a job over one record, which takes no checkpoint. */
public final class WholeDocuments extends RichFlatMapFunction<RawRecord, DocumentPart> {
  private static final long serialVersionUID = 1L;

  private final RecordSplitter.Factory<DocumentPart> splitters;
  private transient RecordSplitter<DocumentPart> splitter;

  /** A function that takes documents apart as such splitters do. */
  public WholeDocuments(RecordSplitter.Factory<DocumentPart> splitters) {
    this.splitters = splitters;
  }

  @Override
  public void open(OpenContext context) {
    splitter = splitters.create(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
  }

  @Override
  public void flatMap(RawRecord record, Collector<DocumentPart> out) throws Exception {
    try (RecordSplitter.Parts<DocumentPart> pages = splitter.open(record, 0, 0)) {
      for (int page = 0; page < pages.count(); page++) {
        pages.next().forEach(out::collect);
      }
    }
  }

  @Override
  public void close() {
    if (splitter != null) {
      splitter.close();
    }
  }
}
