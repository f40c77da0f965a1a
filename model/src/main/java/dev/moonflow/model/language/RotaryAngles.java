package dev.moonflow.model.language;

/**
 * The 1D rotary frequencies and the angles of positions (SPEC section 8.2).
 *
 * <p>f_i = 1 / theta^(2i/d) and angle = position * f_i, every step rounded to 32-bit floats: at
 * positions around 100 000 that rounding is 0.005 rad and part of the model, so a more exact angle
 * would be a wrong one.
 */
public final class RotaryAngles {
  private final float[] frequencies;

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
    for (int i = 0; i < frequencies.length; i++) {
      float angle = (float) position * frequencies[i];
      cos[offset + i] = (float) StrictMath.cos(angle);
      sin[offset + i] = (float) StrictMath.sin(angle);
    }
  }
}
