package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.naming.FailureText;

/** A field of an event is out of range; the message is one sentence that names the field. */
public final class FieldRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A rejection of {@code field}, which {@code what} goes on to explain. */
  public FieldRejectedException(String field, String what) {
    super(FailureText.line("Field " + field + " " + what + "."));
  }
}
