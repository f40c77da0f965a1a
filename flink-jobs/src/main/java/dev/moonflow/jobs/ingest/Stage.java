package dev.moonflow.jobs.ingest;

/** Where on its way an event can fail; the label stands in its dead letter. */
public enum Stage {
  /** Avro under a schema id to a record. */
  DECODE_RECORD("ingest.decode-record"),
  /** Fields against their ranges. */
  CHECK_EVENT("ingest.check-event"),
  /** A payload's bytes, inline or by claim check. */
  FETCH_PAYLOAD("ingest.fetch-payload"),
  /** A file's type, size and structure against the limits. */
  CHECK_MEDIA("ingest.check-media"),
  /** A page of a document to pixels. */
  RENDER_PAGE("ingest.render-page"),
  /** A video file, to its last frame. */
  READ_VIDEO("video.read-file"),
  /** A frame of a video to pixels. */
  DECODE_FRAME("video.decode-frame"),
  /** A frame's time against the windows that are closed. */
  CHECK_TIME("video.check-time"),
  /** What a question refers to among earlier events. */
  LOOK_UP_SEEN("seen.look-up"),
  /** An image file to pixels, a conversation to tokens. */
  PERCEIVE_DECODE("perceive.decode"),
  /** The model itself. */
  PERCEIVE_GENERATE("perceive.generate");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /** The name in dead letters. */
  public String label() {
    return label;
  }
}
