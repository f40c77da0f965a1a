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

  /** Rotary frequencies, relative: three last places, as two power functions may differ. */
  public static final double FREQUENCY = 3.6e-7;

  /** Rotated vectors of a few units: a rotary table's error times their values. */
  public static final double ROTATED = 2e-6;

  /** Activation functions of values of a few units. */
  public static final double ELEMENTWISE = 2e-6;

  /**
   * LayerNorm and RMSNorm outputs, also of rows whose variance is far below their mean squared:
   * there a mean rounded to 32 bits alone costs 1e-4, a mixed-up epsilon 0.1 and more.
   */
  public static final double NORMS = 2e-4;

  /** Sigmoid scores of the MoE gate. */
  public static final double GATE_SCORES = 1e-6;

  /** Parts of multi-head latent attention. */
  public static final double ATTENTION = 2e-4;

  /** Weights of the chosen experts. */
  public static final double GATE_WEIGHTS = 1e-5;

  /** Outputs of language-model layers. */
  public static final double LM_LAYER = 1e-3;

  /** Logits. */
  public static final double LOGITS = 5e-4;
}
