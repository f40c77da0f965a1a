package dev.moonflow.jobs.graph;

/** Why a result cannot be made again, in one sentence. */
public final class ReplayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The sentence alone. */
  public ReplayException(String sentence) {
    super(sentence);
  }
}
