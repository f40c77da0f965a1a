package dev.moonflow.model.conformance;

/** The largest absolute errors that count as equal, in 32-bit float arithmetic. */
public final class Tolerances {
  private Tolerances() {}

  /** Pixels, geometry, token ids, expert indices and greedy ids. */
  public static final double EXACT = 0;

  /** Normalised patches. */
  public static final double PATCHES = 1e-6;

  /** Cosines and sines of rotary angles, and vectors rotated by them. */
  public static final double ROTARY_TABLE = 1e-6;

  /** The interpolated position table. */
  public static final double POSITIONS = 5e-5;

  /** Every stage of the vision tower. */
  public static final double VISION = 2e-4;

  /** Image features after the projector. */
  public static final double PROJECTOR = 3e-4;

  /** Weights of the chosen experts. */
  public static final double GATE_WEIGHTS = 1e-5;

  /** Outputs of language-model layers. */
  public static final double LM_LAYER = 1e-3;

  /** Logits. */
  public static final double LOGITS = 5e-4;
}
