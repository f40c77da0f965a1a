package dev.moonflow.model.checkpoint;

/** Conversions between 32-bit floats and the 16-bit formats of checkpoints (SPEC section 11). */
public final class FloatFormats {
  private FloatFormats() {}

  /** The float that a BF16 bit pattern stands for; exact. */
  public static float bf16ToFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The nearest BF16 bit pattern, ties to even; NaN stays NaN, large values become infinite. */
  public static short floatToBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      // Rounding could carry a NaN's payload into infinity; set its quiet bit instead.
      return (short) ((bits >>> 16) | 0x0040);
    }
    int roundToEven = 0x7fff + ((bits >>> 16) & 1);
    return (short) ((bits + roundToEven) >>> 16);
  }

  /** The float that an IEEE half-precision bit pattern stands for; exact. */
  public static float f16ToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      // Zero and subnormals: fraction * 2^-24, exact in a float.
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wideExponent = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | (wideExponent << 23) | (fraction << 13));
  }
}
