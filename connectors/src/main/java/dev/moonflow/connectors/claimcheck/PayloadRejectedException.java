package dev.moonflow.connectors.claimcheck;

/** A payload is at fault: trying again does not help. */
public final class PayloadRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the payload. */
  public enum Reason {
    /** Neither inline bytes nor a claim check, or both. */
    NOT_EXACTLY_ONE,
    /** There are no bytes. */
    EMPTY,
    /** More bytes than the policy allows. */
    TOO_LARGE,
    /** The claim check is not well formed: its URI, its size or its hash. */
    MALFORMED_CLAIM_CHECK,
    /** The claim check points outside the places that the policy allows. */
    NOT_ALLOWED,
    /** Nothing lies where the claim check points. */
    MISSING,
    /** What lies there has another size than the claim check says. */
    SIZE_DIFFERS,
    /** What lies there has another SHA-256 than the claim check says. */
    HASH_DIFFERS
  }

  private final Reason reason;

  /** A rejection for {@code reason}, which {@code message} tells in one sentence. */
  public PayloadRejectedException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** The same with the failure it was noticed by. */
  public PayloadRejectedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What is wrong with the payload. */
  public Reason reason() {
    return reason;
  }
}
