package dev.moonflow.connectors.media;

import dev.moonflow.connectors.naming.FailureText;

/** A file is at fault: trying again does not help. */
public final class MediaRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the file. */
  public enum Reason {
    /** It has no bytes. */
    EMPTY,
    /** Its first bytes are of no type that is read here. */
    UNKNOWN_TYPE,
    /** The type is known, but not where it was used or not in this variant. */
    UNSUPPORTED,
    /** It has more bytes than allowed. */
    TOO_MANY_BYTES,
    /** An image or page of it has more pixels, or a longer side, than allowed. */
    TOO_MANY_PIXELS,
    /** It has more pages than allowed. */
    TOO_MANY_PAGES,
    /** It ends before its content does. */
    TRUNCATED,
    /** Its content contradicts its format. */
    CORRUPT,
    /** It needs a password. */
    ENCRYPTED
  }

  private final Reason reason;

  /** A rejection for {@code reason}, which {@code message} tells in one sentence. */
  public MediaRejectedException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** The same with the failure it was noticed by. */
  public MediaRejectedException(Reason reason, String message, Throwable cause) {
    super(FailureText.line(message), cause);
    this.reason = reason;
  }

  /** What is wrong with the file. */
  public Reason reason() {
    return reason;
  }
}
