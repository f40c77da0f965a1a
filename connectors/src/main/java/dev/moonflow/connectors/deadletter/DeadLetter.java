package dev.moonflow.connectors.deadletter;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
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
  /** Characters of a message at most; the rest is cut, and the cut is marked. */
  static final int MESSAGE_MAX = 2_000;

  /** Characters of a stack trace at most. */
  static final int STACKTRACE_MAX = 8_000;

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

  /** The reason in one sentence: the error's message, or its class where it has none. */
  public String reason() {
    return error.getMessage() == null ? error.getClass().getName() : error.getMessage();
  }

  /**
   * The record for the dead letter topic: key, value, headers and timestamp of the source, and the
   * error headers behind the others.
   *
   * @param topic the dead letter topic
   * @param job stands in {@code __connect.errors.connector.name}
   * @param subtask stands in {@code __connect.errors.task.id}
   */
  public OutputRecord toOutputRecord(String topic, String job, int subtask) {
    List<RecordHeader> headers = new ArrayList<>(source.headers());
    headers.add(RecordHeader.of(ErrorHeaders.TOPIC, source.topic()));
    headers.add(RecordHeader.of(ErrorHeaders.PARTITION, Integer.toString(source.partition())));
    headers.add(RecordHeader.of(ErrorHeaders.OFFSET, Long.toString(source.offset())));
    headers.add(RecordHeader.of(ErrorHeaders.JOB, job));
    headers.add(RecordHeader.of(ErrorHeaders.SUBTASK, Integer.toString(subtask)));
    headers.add(RecordHeader.of(ErrorHeaders.STAGE, stage));
    headers.add(RecordHeader.of(ErrorHeaders.EXECUTING_CLASS, executingClass()));
    headers.add(RecordHeader.of(ErrorHeaders.EXCEPTION, error.getClass().getName()));
    headers.add(RecordHeader.of(ErrorHeaders.MESSAGE, cut(reason(), MESSAGE_MAX)));
    headers.add(RecordHeader.of(ErrorHeaders.STACKTRACE, cut(stacktrace(), STACKTRACE_MAX)));
    page.ifPresent(
        number -> headers.add(RecordHeader.of(ErrorHeaders.PAGE, Integer.toString(number))));
    Long timestamp = source.timestamp() < 0 ? null : Long.valueOf(source.timestamp());
    return new OutputRecord(topic, source.key(), source.value(), headers, timestamp);
  }

  private String executingClass() {
    StackTraceElement[] trace = error.getStackTrace();
    return trace.length == 0 ? "unknown" : trace[0].getClassName();
  }

  private String stacktrace() {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max) + "... (cut)";
  }
}
