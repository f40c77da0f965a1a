package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.documents.DocumentCollector;
import dev.moonflow.jobs.documents.FinishedDocument;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The collector of documents behind the operator, as the job has it: with state and timers. */
class SimDocuments extends KeyedProcessFunction<String, Perceived, String> {
  static final Duration KEEP = Duration.ofHours(1);

  private static final long serialVersionUID = 1L;

  private transient DocumentCollector documents;

  @Override
  public void open(OpenContext context) {
    documents = new DocumentCollector(getRuntimeContext(), KEEP);
  }

  @Override
  public void processElement(Perceived perceived, Context context, Collector<String> out)
      throws Exception {
    if (perceived.subject().kind().isPage()) {
      documents
          .add(perceived, context.timerService())
          .document()
          .ifPresent(document -> out.collect(describe(document)));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<String> out)
      throws Exception {
    for (FinishedDocument document : documents.expire(timestamp, context.timerService())) {
      out.collect(describe(document));
    }
  }

  private static String describe(FinishedDocument document) {
    return document.subject().key()
        + " "
        + document.subject().eventId()
        + " "
        + document.text().replace('\f', '|');
  }
}
