package dev.moonflow.model.engine;

/** Why a generation ended. */
public enum FinishReason {
  /** The model wrote a stop token. */
  STOP,
  /** The token limit or the context's end was reached. */
  LENGTH,
  /**
   * The request could not be computed; {@link Progress#error()} says why. Others are not touched.
   */
  ERROR,
  /** {@link Engine#cancel} was called. */
  CANCELLED
}
