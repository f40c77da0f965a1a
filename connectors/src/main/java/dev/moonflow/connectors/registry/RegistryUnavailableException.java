package dev.moonflow.connectors.registry;

/**
 * The registry could not be reached, or answered that it cannot serve now. The record at hand is
 * not to blame: try again.
 */
public final class RegistryUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An outage as {@code message} tells it. */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
