package dev.moonflow.jobs.ingest;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Sends the parts of documents their ways: requests on, dead letters aside. */
public final class DocumentParts extends ProcessFunction<DocumentPart, PerceptionRequest> {
  private static final long serialVersionUID = 1L;

  private transient Counter deadLetters;

  @Override
  public void open(OpenContext context) {
    deadLetters = getRuntimeContext().getMetricGroup().counter("dead_letters_total");
  }

  @Override
  public void processElement(DocumentPart part, Context context, Collector<PerceptionRequest> out) {
    if (part instanceof DocumentPart.Request request) {
      out.collect(request.request());
    } else {
      deadLetters.inc();
      context.output(IngestFunction.DEAD_LETTERS, ((DocumentPart.Letter) part).record());
    }
  }
}
