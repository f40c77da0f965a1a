package dev.moonflow.jobs.enrich;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.EventSeed;
import dev.moonflow.jobs.ingest.FieldRejectedException;
import dev.moonflow.jobs.ingest.IngestSettings.SamplingDefaults;
import dev.moonflow.jobs.ingest.Outage;
import dev.moonflow.jobs.ingest.Payloads;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Stage;
import dev.moonflow.jobs.ingest.StageException;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.settings.EnrichOptions.ImageForm;
import dev.moonflow.model.engine.SamplingParameters;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** A user's records to perception requests; what cannot be one goes to the dead letters. */
public final class EnrichFunction extends ProcessFunction<RawRecord, PerceptionRequest> {
  /** Side output of what could not be enriched. */
  public static final OutputTag<OutputRecord> DEAD_LETTERS =
      new OutputTag<>("enrich-dead-letters", OutputRecord.TYPE);

  private static final long serialVersionUID = 1L;

  private final EnrichSettings settings;
  private transient RecordForm form;
  private transient Payloads payloads;
  private transient Outage outage;
  private transient Counter deadLetters;

  /** A function under these settings. */
  public EnrichFunction(EnrichSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    form = RecordForm.of(settings);
    payloads = new Payloads(settings.ingest());
    outage = new Outage(settings.ingest().retry());
    deadLetters = getRuntimeContext().getMetricGroup().counter("dead_letters_total");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<PerceptionRequest> out)
      throws InterruptedException {
    try {
      out.collect(request(record));
    } catch (StageException e) {
      deadLetters.inc();
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      DeadLetter letter = DeadLetter.of(record, e.stage().label(), e.getCause());
      context.output(
          DEAD_LETTERS,
          letter.toOutputRecord(settings.deadLetterTopic(), settings.jobName(), subtask));
    }
  }

  private PerceptionRequest request(RawRecord record) throws StageException, InterruptedException {
    RecordFields fields = fields(record);
    List<PromptPart> parts = new ArrayList<>();
    String prompt;
    try {
      prompt = settings.template().fill(fields.texts());
      int limit = settings.ingest().textCharacters();
      if (prompt.length() > limit) {
        throw new FieldRejectedException(
            "prompt", "must have at most " + limit + " characters, has " + prompt.length());
      }
      if (settings.imageField() != null && fields.image() == null) {
        throw new FieldRejectedException(
            settings.imageField(), "is missing, and moonflow.enrich.image-field names it");
      }
      if (settings.imageField() != null && settings.imageForm() == ImageForm.INLINE) {
        parts.add(new PromptPart.Image(payloads.checked(inline(fields.image()), record)));
      }
    } catch (FieldRejectedException e) {
      throw new StageException(Stage.CHECK_EVENT, e);
    }
    if (settings.imageField() != null && settings.imageForm() == ImageForm.URI) {
      byte[] object = payloads.object(fields.image().toString());
      parts.add(new PromptPart.Image(payloads.checked(object, record)));
    }
    parts.add(new PromptPart.Text(prompt));
    return request(record, parts);
  }

  private PerceptionRequest request(RawRecord record, List<PromptPart> parts) {
    String position = record.topic() + "-" + record.partition();
    String id = position + "@" + record.offset();
    String key = record.key() == null ? position : "key/" + new String(record.key(), ISO_8859_1);
    SamplingDefaults sampling = settings.ingest().sampling();
    return new PerceptionRequest(
        Subject.of(
            "enrich/" + key, id, RequestKind.ENRICHMENT, Math.max(0, record.timestamp()), Map.of()),
        record,
        List.of(new PromptMessage("user", parts)),
        new SamplingParameters(sampling.temperature(), sampling.topP(), EventSeed.of(id), false),
        sampling.maxNewTokens(),
        settings.constraint());
  }

  private RecordFields fields(RawRecord record) throws StageException, InterruptedException {
    try {
      return outage.outlast(() -> form.read(record.value()));
    } catch (InterruptedException e) {
      throw e;
    } catch (FieldRejectedException e) {
      throw new StageException(Stage.CHECK_EVENT, e);
    } catch (Exception e) {
      throw new StageException(Stage.DECODE_RECORD, e);
    }
  }

  /** The bytes of an image that is in the record. */
  private byte[] inline(Object field) throws FieldRejectedException {
    if (field instanceof byte[] bytes) {
      return bytes;
    }
    String text = field.toString();
    int comma = text.startsWith("data:") ? text.indexOf(";base64,") : -1;
    try {
      return Base64.getDecoder().decode(comma < 0 ? text : text.substring(comma + 8));
    } catch (IllegalArgumentException e) {
      throw new FieldRejectedException(settings.imageField(), "is not base64: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    if (form != null) {
      form.close();
    }
  }
}
