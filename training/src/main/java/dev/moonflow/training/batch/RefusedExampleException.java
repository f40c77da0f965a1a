package dev.moonflow.training.batch;

/** An example that cannot be trained on; the message names it and says why. */
public final class RefusedExampleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  /** With one clear sentence. */
  public RefusedExampleException(Refusal refusal, String message) {
    super(message);
    this.refusal = refusal;
  }

  /** The kind of reason, for counting. */
  public Refusal refusal() {
    return refusal;
  }
}
