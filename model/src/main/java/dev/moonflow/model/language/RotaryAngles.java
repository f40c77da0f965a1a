package dev.moonflow.model.language;

/**
 * The 1D rotary frequencies and the angles of positions (SPEC section 8.2).
 *
 * <p>f_i = 1 / theta^(2i/d) and angle = position * f_i, every step rounded to 32-bit floats: at
 * positions around 100 000 that rounding is 0.005 rad and part of the model, so a more exact angle
 * would be a wrong one.
 */
public final class RotaryAngles {
  /** Positions whose angles are kept once they were needed. */
  private static final int KEPT = 4_096;

  private final float[] frequencies;
  private volatile Kept kept = new Kept(0, new float[0], new float[0]);

  /**
   * Frequencies for vectors of {@code dim} rotated values.
   *
   * @param dim d, even
   */
  public RotaryAngles(int dim, double theta) {
    this(new float[dim / 2]);
    for (int i = 0; i < frequencies.length; i++) {
      float exponent = (float) (2 * i) / dim;
      frequencies[i] = 1f / (float) StrictMath.pow(theta, exponent);
    }
  }

  private RotaryAngles(float[] frequencies) {
    this.frequencies = frequencies;
  }

  /** Given frequencies, for example those that another implementation rounded differently. */
  public static RotaryAngles ofFrequencies(float[] frequencies) {
    return new RotaryAngles(frequencies.clone());
  }

  /** f_i [d/2], in radians per position; a copy. */
  public float[] frequencies() {
    return frequencies.clone();
  }

  /** Angles of one position: d/2. */
  public int count() {
    return frequencies.length;
  }

  /** Writes the cosines and sines of one position: d/2 values each from {@code offset}. */
  public void fill(int position, float[] cos, float[] sin, int offset) {
    if (position >= KEPT) {
      compute(position, cos, sin, offset);
      return;
    }
    Kept table = kept;
    if (position >= table.positions) {
      table = grow(position);
    }
    int n = frequencies.length;
    System.arraycopy(table.cos, position * n, cos, offset, n);
    System.arraycopy(table.sin, position * n, sin, offset, n);
  }

  private void compute(int position, float[] cos, float[] sin, int offset) {
    for (int i = 0; i < frequencies.length; i++) {
      float angle = (float) position * frequencies[i];
      cos[offset + i] = (float) StrictMath.cos(angle);
      sin[offset + i] = (float) StrictMath.sin(angle);
    }
  }

  private synchronized Kept grow(int position) {
    if (position < kept.positions) {
      return kept;
    }
    int positions = Math.min(KEPT, Math.max(2 * position, 64));
    int n = frequencies.length;
    Kept more = new Kept(positions, new float[positions * n], new float[positions * n]);
    for (int p = 0; p < positions; p++) {
      compute(p, more.cos, more.sin, p * n);
    }
    kept = more;
    return more;
  }

  /** Angles of the first positions, which every sequence passes. */
  private record Kept(int positions, float[] cos, float[] sin) {}
}
