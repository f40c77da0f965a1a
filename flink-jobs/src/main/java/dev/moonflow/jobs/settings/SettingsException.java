package dev.moonflow.jobs.settings;

/** Settings that cannot work; the message is one sentence that names the setting. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SettingsException(String message) {
    super(message);
  }

  public SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
