package dev.moonflow.kernels.packing;

/**
 * Cosines and sines of one axis of the 2D rotary embedding (SPEC section 5, step 3): [512, d/4], by
 * patch position and frequency. Both axes use the same frequencies, so one table serves both.
 *
 * <p>Angles are float products of position and frequency; their cosine and sine are taken in double
 * and rounded once. Devices only copy from here.
 *
 * @param frequencies d/4
 * @param cos [512, d/4]
 * @param sin [512, d/4]
 */
public record RopeTable(int frequencies, float[] cos, float[] sin) {

  /**
   * Every position of one axis.
   *
   * @param headDim d, a positive multiple of 4
   * @param theta base of the frequencies
   */
  public static RopeTable of(int headDim, float theta) {
    int n = headDim / 4;
    RopeTable table =
        new RopeTable(n, new float[PackingSpec.MAX_SIDE * n], new float[PackingSpec.MAX_SIDE * n]);
    for (int i = 0; i < n; i++) {
      // theta^(-4i/d), rounded to float at each step as the reference does.
      float frequency = 1f / (float) StrictMath.pow(theta, (4f * i) / headDim);
      for (int position = 0; position < PackingSpec.MAX_SIDE; position++) {
        double angle = position * frequency;
        table.cos[position * n + i] = (float) StrictMath.cos(angle);
        table.sin[position * n + i] = (float) StrictMath.sin(angle);
      }
    }
    return table;
  }
}
