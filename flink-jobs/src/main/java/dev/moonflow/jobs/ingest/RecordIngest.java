package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.registry.EventReader;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.QuestionEvent;
import dev.moonflow.schemas.VideoFrameEvent;
import org.apache.avro.specific.SpecificRecord;

/**
 * The way from one topic's records to perception requests, without Flink. Not thread-safe; close
 * it.
 *
 * @param <T> the event's record
 */
public final class RecordIngest<T extends SpecificRecord> implements AutoCloseable {
  private final EventReader<T> reader;
  private final EventMapper<T> mapper;
  private final Outage outage;

  RecordIngest(Class<T> recordType, EventMapper.Factory<T> mappers, IngestSettings settings) {
    reader = new EventReader<>(settings.registry(), recordType);
    mapper = mappers.create(settings);
    outage = new Outage(settings.retry());
  }

  /** Images. */
  public static RecordIngest<ImageEvent> images(IngestSettings settings) {
    return new RecordIngest<>(ImageEvent.class, ImageMapper::new, settings);
  }

  /** Documents. */
  public static RecordIngest<DocumentEvent> documents(IngestSettings settings) {
    return new RecordIngest<>(DocumentEvent.class, DocumentMapper::new, settings);
  }

  /** Video frames. */
  public static RecordIngest<VideoFrameEvent> frames(IngestSettings settings) {
    return new RecordIngest<>(VideoFrameEvent.class, FrameMapper::new, settings);
  }

  /** Questions. */
  public static RecordIngest<QuestionEvent> questions(IngestSettings settings) {
    return new RecordIngest<>(QuestionEvent.class, QuestionMapper::new, settings);
  }

  /**
   * Emits the requests of a record.
   *
   * @throws StageException if the whole record is at fault; nothing was emitted then
   */
  public void ingest(RawRecord record, EventMapper.Emitter out)
      throws StageException, InterruptedException {
    mapper.map(decode(record), record, out);
  }

  private T decode(RawRecord record) throws StageException, InterruptedException {
    try {
      return outage.outlast(() -> reader.read(record.value()));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new StageException(Stage.DECODE_RECORD, e);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
