package dev.moonflow.jobs.chaos;

/**
 * Something that must not be.
 *
 * @param kind of what sort
 * @param what in one line
 */
record Violation(Kind kind, String what) {

  /** The sorts. */
  enum Kind {
    /** An event of which nothing came. */
    LOST,
    /** An event of which the same came twice. */
    DOUBLED,
    /** A result behind one of a later event of the same key. */
    REORDERED,
    /** A record with other bytes, or in another topic, than it must have. */
    CHANGED,
    /** A record of no event. */
    INVENTED,
    /** Nothing comes any more, though something must. */
    STUCK
  }

  @Override
  public String toString() {
    return kind + ": " + what;
  }
}
