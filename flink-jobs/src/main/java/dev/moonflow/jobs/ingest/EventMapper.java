package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.RawRecord;
import java.io.Serializable;
import org.apache.avro.specific.SpecificRecord;

/**
 * Turns one kind of event into requests. Made when its operator opens.
 *
 * @param <T> the event's record
 */
public interface EventMapper<T extends SpecificRecord> {

  /**
   * Emits the event's requests.
   *
   * @throws StageException if the whole event is at fault; nothing was emitted then
   */
  void map(T event, RawRecord source, Emitter out) throws StageException, InterruptedException;

  /** Where requests and failed pages go. */
  interface Emitter {
    /** Hands a request on. */
    void request(PerceptionRequest request);

    /** Hands on the dead letter of one page; the event itself goes on. */
    void deadLetter(DeadLetter letter);
  }

  /** Makes a mapper on the cluster. */
  interface Factory<T extends SpecificRecord> extends Serializable {
    /** A mapper under these settings. */
    EventMapper<T> create(IngestSettings settings);
  }
}
