package dev.moonflow.jobs.settings;

import dev.moonflow.connectors.naming.FailureText;

/** Settings that cannot work; the message is one sentence that names the setting. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SettingsException(String message) {
    super(FailureText.line(message));
  }

  public SettingsException(String message, Throwable cause) {
    super(FailureText.line(message), cause);
  }
}
