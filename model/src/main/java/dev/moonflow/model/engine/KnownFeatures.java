package dev.moonflow.model.engine;

import java.util.List;

/**
 * What is known of the features of a request's images before it enters an engine, and whether who
 * asks wants them back.
 *
 * @param rows of every image in order, [M_i, H] each, as an engine on the same model handed them
 *     out; empty when they are still to be computed. Not to be written any more
 * @param wanted whether {@link Engine#takeFeatures} is to hand them out once they are computed
 */
public record KnownFeatures(List<float[]> rows, boolean wanted) {
  /** Nothing is known and nobody asks. */
  public static final KnownFeatures NONE = new KnownFeatures(List.of(), false);

  /** Nothing is known, and they are wanted. */
  public static final KnownFeatures WANTED = new KnownFeatures(List.of(), true);

  public KnownFeatures {
    rows = List.copyOf(rows);
  }

  /** Features computed before. */
  public static KnownFeatures of(List<float[]> rows) {
    return new KnownFeatures(rows, false);
  }
}
