package dev.moonflow.jobs.chaos;

import dev.moonflow.connectors.kafka.RawRecord;

/** A model of what must come out: for each event, as it lies in its topic, one record. */
interface ExpectedRecords {

  /** What must come of an event. */
  Expected of(RawRecord event) throws Exception;
}
