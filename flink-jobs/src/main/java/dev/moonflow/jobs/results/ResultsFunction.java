package dev.moonflow.jobs.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.headers.PassThroughHeaders;
import dev.moonflow.connectors.headers.ProvenanceHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.jobs.documents.DocumentCollector;
import dev.moonflow.jobs.documents.FinishedDocument;
import dev.moonflow.jobs.ingest.Outage;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.jobs.perceive.SecondsHistogram;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * What was perceived to finished records, one side output per topic, in the order of arrival per
 * key. Keyed by source or stream id. A registry that does not answer is waited for when a schema's
 * id is looked up, once per topic; when the limit is reached the task fails, because here the event
 * is not to blame, and its bytes are not at hand for a dead letter.
 */
public final class ResultsFunction extends KeyedProcessFunction<String, Perceived, OutputRecord> {
  /** Side output of texts. */
  public static final OutputTag<OutputRecord> OCR = new OutputTag<>("ocr", OutputRecord.TYPE);

  /** Side output of captions. */
  public static final OutputTag<OutputRecord> CAPTIONS =
      new OutputTag<>("captions", OutputRecord.TYPE);

  /** Side output of answers. */
  public static final OutputTag<OutputRecord> ANSWERS =
      new OutputTag<>("answers", OutputRecord.TYPE);

  /** Side output of results that do not fit their topic. */
  public static final OutputTag<OutputRecord> DEAD_LETTERS =
      new OutputTag<>("results-dead-letters", OutputRecord.TYPE);

  private static final long serialVersionUID = 1L;
  private static final String STAGE = "results.write";

  private final ResultsSettings settings;
  private transient DocumentCollector documents;
  private transient Outage outage;
  private transient ResultWriter<OcrResult> ocr;
  private transient ResultWriter<CaptionResult> captions;
  private transient ResultWriter<AnswerResult> answers;
  private transient Counter deadLetters;

  /**
   * From the time of the record of a video's newest frame (published, or decoded by the job) until
   * the caption of its window leaves for the sink; its commit comes with the next checkpoint.
   */
  private transient Histogram frameToCaption;

  /** A function under these settings. */
  public ResultsFunction(ResultsSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    outage = new Outage(settings.retry());
    documents = new DocumentCollector(getRuntimeContext(), settings.documentKeep());
    ocr = new ResultWriter<>(settings.registry(), settings.ocrTopic(), OcrResult.class);
    captions =
        new ResultWriter<>(settings.registry(), settings.captionsTopic(), CaptionResult.class);
    answers = new ResultWriter<>(settings.registry(), settings.answersTopic(), AnswerResult.class);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    deadLetters = metrics.counter("dead_letters_total");
    frameToCaption = metrics.histogram("frame_to_caption_seconds", new SecondsHistogram());
  }

  @Override
  public void processElement(Perceived perceived, Context context, Collector<OutputRecord> out)
      throws Exception {
    boolean line = perceived.subject().kind() == RequestKind.LINE;
    if (perceived instanceof Perceived.Generated generated && !line) {
      emit(generated, context);
    }
    if (perceived.subject().kind().isPage()) {
      DocumentCollector.Added added = documents.add(perceived, context.timerService());
      if (added.page().isPresent()) {
        emit(Records.ocr(added.page().get()), added.page().get().source(), context);
      }
      if (added.document().isPresent()) {
        emit(Records.ocr(added.document().get()), added.document().get().source(), context);
      }
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutputRecord> out)
      throws Exception {
    for (FinishedDocument document : documents.expire(timestamp, context.timerService())) {
      emit(Records.ocr(document), document.source(), context);
    }
  }

  private void emit(Perceived.Generated generated, Context context) throws Exception {
    RawRecord source = generated.source();
    switch (generated.subject().kind()) {
      case IMAGE_OCR, PAGE, FAILED_PAGE, LINE, SHEET ->
          emit(Records.ocr(generated), source, context);
      case IMAGE_CAPTION, FRAME, WINDOW, UNCHANGED_WINDOW -> {
        CaptionResult result = Records.caption(generated);
        Result about = new Result(CAPTIONS, settings.captionsTopic(), result.getSourceId());
        emit(about, () -> captions.write(result), result.getProvenance(), source, context);
        if (generated.subject().kind() != RequestKind.IMAGE_CAPTION && source.timestamp() >= 0) {
          long millis = context.timerService().currentProcessingTime() - source.timestamp();
          frameToCaption.update(TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
        }
      }
      case ENRICHMENT, STREAM_END -> {} // an enrichment goes into its record, by jobs.enrich
      case QUESTION -> {
        AnswerResult result = Records.answer(generated);
        Result about = new Result(ANSWERS, settings.answersTopic(), result.getSourceId());
        emit(about, () -> answers.write(result), result.getProvenance(), source, context);
      }
    }
  }

  private void emit(OcrResult result, RawRecord source, Context context) throws Exception {
    Result about = new Result(OCR, settings.ocrTopic(), result.getSourceId());
    emit(about, () -> ocr.write(result), result.getProvenance(), source, context);
  }

  /** Where a result goes. */
  private record Result(OutputTag<OutputRecord> tag, String topic, String key) {}

  /**
   * Writes a record that the broker stamps with the time of writing: the event's own time may lie
   * where brokers refuse records or delete them at once.
   */
  private void emit(
      Result result,
      Outage.Work<byte[]> value,
      Provenance provenance,
      RawRecord source,
      Context context)
      throws Exception {
    byte[] key = result.key().getBytes(UTF_8);
    List<RecordHeader> headers =
        new ArrayList<>(ProvenanceHeaders.of(provenance, settings.shaping()));
    headers.addAll(PassThroughHeaders.of(source.headers()));
    try {
      OutputRecord record =
          new OutputRecord(result.topic(), key, outage.outlast(value), headers, null);
      long bytes = RecordSize.of(record);
      if (bytes > settings.recordBytesMax()) {
        throw new ResultTooLargeException(bytes, settings.recordBytesMax());
      }
      context.output(result.tag(), record);
    } catch (ResultTooLargeException e) {
      deadLetters.inc();
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      context.output(
          DEAD_LETTERS,
          DeadLetter.of(source, STAGE, e)
              .toOutputRecord(settings.deadLetterTopic(), settings.jobName(), subtask));
    }
  }

  @Override
  public void close() {
    closeAll(ocr, captions, answers);
  }

  private static void closeAll(ResultWriter<?>... writers) {
    for (ResultWriter<?> writer : writers) {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
