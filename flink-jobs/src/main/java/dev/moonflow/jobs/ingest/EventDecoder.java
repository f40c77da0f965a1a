package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.registry.EventReader;
import org.apache.avro.specific.SpecificRecord;

/** Records to events of one kind, over outages of the registry. */
final class EventDecoder<T extends SpecificRecord> implements AutoCloseable {
  private final EventReader<T> reader;
  private final Outage outage;

  EventDecoder(IngestSettings settings, Class<T> type) {
    reader = new EventReader<>(settings.registry(), type);
    outage = new Outage(settings.retry());
  }

  /** The event of a record. */
  T decode(RawRecord record) throws StageException, InterruptedException {
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
