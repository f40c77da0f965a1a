package dev.moonflow.connectors.registry;

/** The registry refused a schema: one sentence says which and why. Trying again does not help. */
public final class RegistrationRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A refusal for the reason that {@code message} tells. */
  public RegistrationRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
