package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.QuestionEvent;
import dev.moonflow.schemas.VideoFrameEvent;
import java.io.Serializable;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * One topic's records to perception requests. No record stops the job: whatever fails goes to
 * {@link #DEAD_LETTERS} with its bytes, headers, stage and reason.
 *
 * @param <T> the event's record
 */
public final class IngestFunction<T extends SpecificRecord>
    extends ProcessFunction<RawRecord, PerceptionRequest> {
  /** Side output of what could not be processed. */
  public static final OutputTag<OutputRecord> DEAD_LETTERS =
      new OutputTag<>("ingest-dead-letters", OutputRecord.TYPE);

  private static final long serialVersionUID = 1L;

  private final Class<T> recordType;
  private final EventMapper.Factory<T> mappers;
  private final IngestSettings settings;
  private final String deadLetterTopic;
  private final String jobName;

  private transient EventIngest<T> records;
  private transient Counter deadLetters;

  private IngestFunction(
      Class<T> recordType, EventMapper.Factory<T> mappers, IngestSettings settings, To to) {
    this.recordType = recordType;
    this.mappers = mappers;
    this.settings = settings;
    this.deadLetterTopic = to.deadLetterTopic();
    this.jobName = to.jobName();
  }

  /** What dead letters say of the job, and where they go. */
  public record To(String deadLetterTopic, String jobName) implements Serializable {}

  /** Ingest of images. */
  public static IngestFunction<ImageEvent> images(IngestSettings settings, To to) {
    return new IngestFunction<>(ImageEvent.class, ImageMapper::new, settings, to);
  }

  /** Ingest of video frames. */
  public static IngestFunction<VideoFrameEvent> frames(IngestSettings settings, To to) {
    return new IngestFunction<>(VideoFrameEvent.class, FrameMapper::new, settings, to);
  }

  /** Ingest of questions. */
  public static IngestFunction<QuestionEvent> questions(IngestSettings settings, To to) {
    return new IngestFunction<>(QuestionEvent.class, QuestionMapper::new, settings, to);
  }

  @Override
  public void open(OpenContext context) {
    records = new EventIngest<>(recordType, mappers, settings);
    deadLetters = getRuntimeContext().getMetricGroup().counter("dead_letters_total");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<PerceptionRequest> out)
      throws InterruptedException {
    try {
      records.ingest(record, out::collect);
    } catch (StageException e) {
      emitDeadLetter(DeadLetter.of(record, e.stage().label(), e.getCause()), context);
    }
  }

  private void emitDeadLetter(DeadLetter letter, Context context) {
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    deadLetters.inc();
    context.output(DEAD_LETTERS, letter.toOutputRecord(deadLetterTopic, jobName, subtask));
  }

  @Override
  public void close() {
    if (records != null) {
      records.close();
    }
  }
}
