package dev.moonflow.jobs.ingest;

/** What a perception request asks for; decides where its result goes. */
public enum RequestKind {
  /** Read the text of an image. */
  IMAGE_OCR(1),
  /** Describe an image. */
  IMAGE_CAPTION(2),
  /** Read one page of a document. */
  PAGE(3),
  /** A page that could not be rendered: nothing to generate, but its document must know. */
  FAILED_PAGE(4),
  /** Describe a video frame. */
  FRAME(5),
  /** Answer a question. */
  QUESTION(6),
  /** Read one line of a page of a document. */
  LINE(20),
  /** What is known of a page without the model: nothing to generate. */
  SHEET(21),
  /** Fill in a field of a user's own record. */
  ENRICHMENT(30),
  /** Describe a window of a video. */
  WINDOW(40),
  /** A window of a video that shows nothing new: the caption before it holds on. */
  UNCHANGED_WINDOW(41),
  /** The end of what is remembered of a video. */
  STREAM_END(42);

  private final int code;

  RequestKind(int code) {
    this.code = code;
  }

  /** The number that stands for this kind in state; never given to another kind. */
  public int code() {
    return code;
  }

  /** Whether this is a part of a document. */
  public boolean isPage() {
    return this == PAGE || this == FAILED_PAGE || this == LINE || this == SHEET;
  }

  /** Whether this tells of a window of a video. */
  public boolean isWindow() {
    return this == WINDOW || this == UNCHANGED_WINDOW;
  }

  /** Whether the model has something to do. */
  public boolean generates() {
    return this != FAILED_PAGE && this != SHEET && this != UNCHANGED_WINDOW && this != STREAM_END;
  }

  /**
   * The kind of a number in state.
   *
   * @throws IllegalArgumentException if no kind has it
   */
  public static RequestKind of(int code) {
    for (RequestKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of request has the code " + code);
  }
}
