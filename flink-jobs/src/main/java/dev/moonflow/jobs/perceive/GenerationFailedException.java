package dev.moonflow.jobs.perceive;

/** The engine could not compute one request; the message is the engine's sentence. */
public final class GenerationFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  GenerationFailedException(String message) {
    super(message == null ? "The engine gave no reason." : message);
  }
}
