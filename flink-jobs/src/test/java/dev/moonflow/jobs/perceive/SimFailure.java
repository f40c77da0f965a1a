package dev.moonflow.jobs.perceive;

/** A simulated job did something that it must not. */
final class SimFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SimFailure(String what) {
    super(what);
  }

  SimFailure(String what, Throwable cause) {
    super(what + ": " + cause, cause);
  }
}
