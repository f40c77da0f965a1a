package dev.moonflow.training.batch;

/** Why an example is left out, or changed; counted, never silent. */
public enum Refusal {
  /** Longer than the context, and the setting is to refuse such. */
  TOO_LONG("too long"),
  /** Longer than the context and cut there, as the setting says; it is used. */
  CUT("cut at the context's end"),
  /** Its images have more patches than a batch may. */
  TOO_MANY_PATCHES("too many patches"),
  /** An image that the processor or a decoder refuses. */
  BAD_IMAGE("an image that cannot be used"),
  /** Roles that make no conversation, or a field that cannot be read. */
  MALFORMED("malformed"),
  /** No token of it would be learnt. */
  NOTHING_LEARNT("nothing to learn");

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  /** For reports. */
  public String words() {
    return words;
  }
}
