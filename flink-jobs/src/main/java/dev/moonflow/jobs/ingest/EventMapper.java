package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Turns one kind of event into requests. Made when its operator opens.
 *
 * @param <T> the event's record
 */
interface EventMapper<T extends SpecificRecord> {

  /**
   * Emits the event's requests.
   *
   * @throws StageException if the whole event is at fault; nothing was emitted then
   */
  void map(T event, RawRecord source, Consumer<PerceptionRequest> out)
      throws StageException, InterruptedException;

  /** Makes a mapper on the cluster. */
  interface Factory<T extends SpecificRecord> extends Serializable {
    /** A mapper under these settings. */
    EventMapper<T> create(IngestSettings settings);
  }
}
