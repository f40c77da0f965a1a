package dev.moonflow.connectors.deadletter;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An event that could not be processed, and why.
 *
 * @param source the record as it arrived
 * @param stage what was being done, for example {@code decode-record}, {@code fetch-payload}
 * @param error what went wrong; its message is the reason that people read
 * @param page page of the document from 1, when only this page failed
 */
public record DeadLetter(RawRecord source, String stage, Throwable error, OptionalInt page) {
  public DeadLetter {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(page, "page");
  }

  /** A whole event that failed. */
  public static DeadLetter of(RawRecord source, String stage, Throwable error) {
    return new DeadLetter(source, stage, error, OptionalInt.empty());
  }

  /** One page of a document that failed; {@code page} counts from 1. */
  public static DeadLetter ofPage(RawRecord source, String stage, Throwable error, int page) {
    return new DeadLetter(source, stage, error, OptionalInt.of(page));
  }

  /**
   * The record for the dead letter topic: key, value, headers and timestamp of the source, and the
   * error headers.
   *
   * @param topic the dead letter topic
   * @param job stands in {@code __connect.errors.connector.name}
   * @param subtask stands in {@code __connect.errors.task.id}
   */
  public OutputRecord toOutputRecord(String topic, String job, int subtask) {
    throw new UnsupportedOperationException("being built");
  }
}
