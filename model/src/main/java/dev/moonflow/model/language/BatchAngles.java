package dev.moonflow.model.language;

/**
 * The rotary table of a batch: row t belongs to token t's position. Made once per pass, used by all
 * layers.
 *
 * @param cos [T, d/2]
 * @param sin [T, d/2]
 */
public record BatchAngles(float[] cos, float[] sin) {

  /** The table of a batch. */
  public static BatchAngles of(TokenBatch batch, RotaryAngles angles) {
    float[] cos = new float[batch.tokens() * angles.count()];
    float[] sin = new float[cos.length];
    for (int t = 0; t < batch.tokens(); t++) {
      angles.fill(batch.position(t), cos, sin, t * angles.count());
    }
    return new BatchAngles(cos, sin);
  }
}
