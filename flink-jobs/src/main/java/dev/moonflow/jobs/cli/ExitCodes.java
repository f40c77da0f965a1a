package dev.moonflow.jobs.cli;

/** What a command's exit code means. */
public final class ExitCodes {
  /** Done, and what was to be shown holds. */
  public static final int OK = 0;

  /** Done, but the answer is no: something failed, was lost or is missing. */
  public static final int FAILED = 1;

  /** Not done: a wrong option, file or setting, or something that does not answer. */
  public static final int USER_ERROR = 2;

  private ExitCodes() {}
}
