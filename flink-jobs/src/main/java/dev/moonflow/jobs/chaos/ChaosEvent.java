package dev.moonflow.jobs.chaos;

import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event of a run.
 *
 * @param index from 0; with the seed it decides everything else
 * @param topic where it is published
 * @param to where its result is to appear, unless it is damaged
 * @param key its source
 * @param id its id
 * @param value the record
 * @param damage what is wrong with it
 * @param ask what the model is asked
 */
record ChaosEvent(
    int index,
    Topics topic,
    Topics to,
    String key,
    String id,
    SpecificRecord value,
    Damage damage,
    Ask ask) {

  /** Name of the header that carries the index, decimal. */
  static final String INDEX_HEADER = "chaos-event";

  /**
   * What the model is asked.
   *
   * @param png an image file, or null
   * @param prompt the words behind it
   */
  record Ask(byte[] png, String prompt, SamplingParameters sampling, int maxNewTokens) {}

  /** The trace header that its result must pass on. */
  String trace() {
    return "00-%032x-%016x-01".formatted(index + 1, index + 1);
  }
}
