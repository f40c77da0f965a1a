package dev.moonflow.jobs.cli.doctor;

/**
 * What one check found.
 *
 * @param level how bad it is
 * @param title what was looked at
 * @param detail what was found
 * @param remedy what to do about it; null where there is nothing to do
 */
public record Finding(Level level, String title, String detail, String remedy) {
  /** How bad a finding is. */
  public enum Level {
    /** As it should be. */
    GOOD,
    /** Works, but slower or with something left out. */
    OPTIONAL,
    /** Moonflow cannot work like this. */
    MISSING
  }

  /** As it should be. */
  static Finding good(String title, String detail) {
    return new Finding(Level.GOOD, title, detail, null);
  }

  /** Works, but not as well as it could. */
  static Finding optional(String title, String detail, String remedy) {
    return new Finding(Level.OPTIONAL, title, detail, remedy);
  }

  /** Cannot work. */
  static Finding missing(String title, String detail, String remedy) {
    return new Finding(Level.MISSING, title, detail, remedy);
  }
}
