package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.QuestionEvent;
import dev.moonflow.schemas.VideoFrameEvent;
import java.util.function.Consumer;

/**
 * The way from one topic's records to perception requests, without Flink. Not thread-safe; close
 * it.
 */
public interface RecordIngest extends AutoCloseable {
  /**
   * Emits the requests of a record.
   *
   * @throws StageException if the whole record is at fault; nothing was emitted then
   */
  void ingest(RawRecord record, Consumer<PerceptionRequest> out)
      throws StageException, InterruptedException;

  @Override
  void close();

  /** Images. */
  static RecordIngest images(IngestSettings settings) {
    return new EventIngest<>(ImageEvent.class, ImageMapper::new, settings);
  }

  /** Documents, each in one go; pages that fail are requests that fail by their kind. */
  static RecordIngest documents(IngestSettings settings) {
    return new DocumentIngest(settings);
  }

  /** Video frames. */
  static RecordIngest frames(IngestSettings settings) {
    return new EventIngest<>(VideoFrameEvent.class, FrameMapper::new, settings);
  }

  /** Questions. */
  static RecordIngest questions(IngestSettings settings) {
    return new EventIngest<>(QuestionEvent.class, QuestionMapper::new, settings);
  }
}
