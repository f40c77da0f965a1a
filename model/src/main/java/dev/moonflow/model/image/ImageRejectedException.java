package dev.moonflow.model.image;

/** An image that the model cannot take; the message is one sentence that says why. */
public final class ImageRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  public ImageRejectedException(String message) {
    super(message);
  }
}
