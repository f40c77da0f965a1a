package dev.moonflow.connectors.registry;

import dev.moonflow.connectors.naming.FailureText;

/** A record's value is not what its topic carries. Trying again does not help. */
public final class UndecodableRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the value. */
  public enum Reason {
    /** There is no value, or it has no bytes. */
    EMPTY,
    /** The first byte is not the zero that begins Confluent's wire format, or the id is cut off. */
    NOT_WIRE_FORMAT,
    /** The registry does not know the schema id, or it is not an Avro schema's. */
    UNKNOWN_SCHEMA_ID,
    /** The schema is of another record than the topic's. */
    WRONG_RECORD_TYPE,
    /** The schema has the right name, but the topic's record cannot be read from it. */
    INCOMPATIBLE_SCHEMA,
    /** The bytes end before the record does. */
    TRUNCATED,
    /** The bytes are not an encoding of the schema: a bad length, a bad branch, bytes left over. */
    MALFORMED
  }

  private final Reason reason;

  /** An undecodable value for {@code reason}, which {@code message} tells in one sentence. */
  public UndecodableRecordException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** The same with the failure it was noticed by. */
  public UndecodableRecordException(Reason reason, String message, Throwable cause) {
    super(FailureText.line(message), cause);
    this.reason = reason;
  }

  /** What is wrong with the value. */
  public Reason reason() {
    return reason;
  }
}
