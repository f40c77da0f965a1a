package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The way of records that each are one event and become requests at once.
 *
 * @param <T> the event's record
 */
final class EventIngest<T extends SpecificRecord> implements RecordIngest {
  private final EventDecoder<T> events;
  private final EventMapper<T> mapper;

  EventIngest(Class<T> recordType, EventMapper.Factory<T> mappers, IngestSettings settings) {
    events = new EventDecoder<>(settings, recordType);
    mapper = mappers.create(settings);
  }

  @Override
  public void ingest(RawRecord record, Consumer<PerceptionRequest> out)
      throws StageException, InterruptedException {
    mapper.map(events.decode(record), record, out);
  }

  @Override
  public void close() {
    events.close();
  }
}
