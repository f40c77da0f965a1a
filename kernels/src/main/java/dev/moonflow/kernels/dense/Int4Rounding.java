package dev.moonflow.kernels.dense;

/**
 * Rounds a row of weights to digits of 4 bits, a multiplier from 1 to 16 for each group and one
 * scale: weight = scale * multiplier * digit. Of three multipliers each group takes the one with
 * the smallest sum of squared errors, and the scale is fitted to the integers at the end.
 */
final class Int4Rounding {
  private static final int DIGIT_MIN = -8;
  private static final int DIGIT_MAX = 7;
  private static final int MULTIPLIER_MAX = 16;

  /** Digits that the largest value of a group is worth: half a step above 7 rounds to 7. */
  private static final float REACH = 7.5f;

  private final int in;
  private final int[] digits;
  private final int[] multipliers;

  Int4Rounding(int in) {
    this.in = in;
    this.digits = new int[WeightFormat.INT4.paddedIn(in)];
    this.multipliers = new int[digits.length / WeightFormat.GROUP];
  }

  /** The digit of an input, -8 to 7. */
  int digit(int input) {
    return digits[input];
  }

  /** The multiplier of a group, 1 to 16. */
  int multiplier(int group) {
    return multipliers[group];
  }

  /** The scale; digits and multipliers of the row are then here. */
  float quantize(float[] row) {
    float largest = Int8Rounding.largest(row);
    float scale = largest < Int8Rounding.TINY ? 0 : largest / (MULTIPLIER_MAX * REACH);
    for (int from = 0; from < in; from += WeightFormat.GROUP) {
      group(row, from, scale);
    }
    return scale == 0 ? 0 : fitted(row, scale);
  }

  private void group(float[] row, int from, float scale) {
    int to = Math.min(from + WeightFormat.GROUP, in);
    int best = 1;
    if (scale > 0) {
      float largest = 0;
      for (int i = from; i < to; i++) {
        largest = Math.max(largest, Math.abs(row[i]));
      }
      int near = (int) (largest / (REACH * scale));
      double least = Double.POSITIVE_INFINITY;
      for (int m = Math.max(1, near - 1); m <= Math.min(MULTIPLIER_MAX, near + 1); m++) {
        double error = error(row, from, to, m * scale);
        if (error < least) {
          least = error;
          best = m;
        }
      }
    }
    multipliers[from / WeightFormat.GROUP] = best;
    for (int i = from; i < to; i++) {
      digits[i] = scale == 0 ? 0 : digit(row[i], 1 / (best * scale));
    }
  }

  private static double error(float[] row, int from, int to, float step) {
    double sum = 0;
    float perStep = 1 / step;
    for (int i = from; i < to; i++) {
      float d = row[i] - step * digit(row[i], perStep);
      sum += d * d;
    }
    return sum;
  }

  private static int digit(float value, float perStep) {
    // 1.5 * 2^23: adding it rounds to an integer, to the even one of two.
    int rounded = Float.floatToRawIntBits(value * perStep + 12_582_912f) - 0x4B40_0000;
    return Math.max(DIGIT_MIN, Math.min(DIGIT_MAX, rounded));
  }

  /** The scale that least squares give for the integers. */
  private float fitted(float[] row, float scale) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < in; i++) {
      double n = multipliers[i / WeightFormat.GROUP] * digits[i];
      product += n * row[i];
      square += n * n;
    }
    return square == 0 ? scale : (float) (product / square);
  }
}
