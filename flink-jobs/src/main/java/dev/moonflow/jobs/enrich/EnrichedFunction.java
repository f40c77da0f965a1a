package dev.moonflow.jobs.enrich;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.headers.ProvenanceHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.registry.RegistrationRefusedException;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.jobs.ingest.Outage;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.jobs.results.RecordSize;
import dev.moonflow.jobs.results.ResultTooLargeException;
import dev.moonflow.schemas.Provenance;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The answers of enrichments into their records. A record keeps its key and its headers; those of
 * provenance stand behind them.
 */
public final class EnrichedFunction extends ProcessFunction<Perceived, OutputRecord> {
  /** Side output of records that the answer does not fit into. */
  public static final OutputTag<OutputRecord> DEAD_LETTERS =
      new OutputTag<>("enriched-dead-letters", OutputRecord.TYPE);

  private static final long serialVersionUID = 1L;
  private static final String STAGE = "enrich.write";

  private final EnrichSettings settings;
  private transient RecordForm form;
  private transient Outage outage;

  /** A function under these settings. */
  public EnrichedFunction(EnrichSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    form = RecordForm.of(settings);
    outage = new Outage(settings.ingest().retry());
  }

  /** Writes one record; what is not an enrichment is none of ours. */
  @Override
  public void processElement(Perceived perceived, Context context, Collector<OutputRecord> out)
      throws Exception {
    if (perceived.subject().kind() != RequestKind.ENRICHMENT
        || !(perceived instanceof Perceived.Generated generated)) {
      return;
    }
    RawRecord source = generated.source();
    try {
      OutputRecord record =
          new OutputRecord(
              settings.to(),
              source.key(),
              outage.outlast(() -> form.extend(source.value(), generated.text())),
              headers(generated),
              null);
      long bytes = RecordSize.of(record);
      if (bytes > settings.recordBytesMax()) {
        throw new ResultTooLargeException(bytes, settings.recordBytesMax());
      }
      out.collect(record);
    } catch (UndecodableRecordException
        | RegistrationRefusedException
        | RegistryUnavailableException
        | ResultTooLargeException e) {
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      context.output(
          DEAD_LETTERS,
          DeadLetter.of(source, STAGE, e)
              .toOutputRecord(settings.deadLetterTopic(), settings.jobName(), subtask));
    }
  }

  private List<RecordHeader> headers(Perceived.Generated generated) {
    RawRecord source = generated.source();
    List<RecordHeader> headers = new ArrayList<>(source.headers());
    headers.addAll(
        ProvenanceHeaders.of(
            new Provenance(
                generated.modelFingerprint(),
                source.topic(),
                source.partition(),
                source.offset(),
                generated.seed()),
            settings.shaping()));
    return headers;
  }

  @Override
  public void close() {
    if (form != null) {
      form.close();
    }
  }
}
