package dev.moonflow.connectors.deadletter;

/** The names of the headers that tell why a record is a dead letter. */
public final class ErrorHeaders {
  private static final String CONNECT = "__connect.errors.";

  /** Topic of the record. */
  public static final String TOPIC = CONNECT + "topic";

  /** Partition of the record, decimal. */
  public static final String PARTITION = CONNECT + "partition";

  /** Offset of the record, decimal. */
  public static final String OFFSET = CONNECT + "offset";

  /** Name of the job. */
  public static final String JOB = CONNECT + "connector.name";

  /** Index of the subtask, decimal. */
  public static final String SUBTASK = CONNECT + "task.id";

  /** What was being done. */
  public static final String STAGE = CONNECT + "stage";

  /** The class that was doing it. */
  public static final String EXECUTING_CLASS = CONNECT + "class.name";

  /** Class of the exception. */
  public static final String EXCEPTION = CONNECT + "exception.class.name";

  /** Message of the exception: the reason in one sentence. */
  public static final String MESSAGE = CONNECT + "exception.message";

  /** Stack trace of the exception, cut at a limit. */
  public static final String STACKTRACE = CONNECT + "exception.stacktrace";

  /** Page of the document from 1, decimal; only when one page failed. Ours, not Connect's. */
  public static final String PAGE = "moonflow.errors.page";

  private ErrorHeaders() {}
}
