package dev.moonflow.kernels.dense;

import java.util.Locale;

/** How the weights of a matrix are kept; this package's documentation has the layouts. */
public enum WeightFormat {
  /** 16 bits: the upper half of a float. */
  BF16,
  /** 8 bits and a scale for each output. */
  INT8,
  /** 4 bits, a 4-bit multiplier for each 32 inputs and a scale for each output. */
  INT4;

  /** Outputs of a block; matrices are padded to whole blocks. */
  static final int BLOCK = 64;

  /** Outputs of a panel. */
  static final int PANEL = 16;

  /** Inputs that share a multiplier in INT4. */
  static final int GROUP = 32;

  /** Groups whose multipliers share an int in INT4. */
  static final int GROUPS = 8;

  /** Inputs are at most so many, so that the sum of any products fits an int. */
  public static final int IN_MAX = 1 << 17;

  /** The name as users write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code out}, padded. */
  static int paddedOut(int out) {
    return (out + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** {@code in}, padded. */
  int paddedIn(int in) {
    int unit = this == BF16 ? 32 : 64;
    return (in + unit - 1) / unit * unit;
  }

  /** Bytes of a panel of 16 outputs (INT4), or a quarter of a block of 64 (others). */
  long panelBytes(int in) {
    long padded = paddedIn(in);
    return switch (this) {
      case BF16 -> 2 * PANEL * padded;
      case INT8 -> PANEL * padded;
      case INT4 -> PANEL * padded / 2 + multiplierRows(in) * 4L * PANEL;
    };
  }

  /** Bytes of a block of 64 outputs. */
  long blockBytes(int in) {
    return panelBytes(in) * BLOCK / PANEL;
  }

  /** How often a panel holds ints of multipliers. */
  int multiplierRows(int in) {
    int perRow = GROUP * GROUPS;
    return (paddedIn(in) + perRow - 1) / perRow;
  }

  /** Bytes of all blocks: where scales begin. */
  long dataBytes(int out, int in) {
    return paddedOut(out) / BLOCK * blockBytes(in);
  }

  /**
   * Bytes of a matrix.
   *
   * @throws IllegalArgumentException if a dimension is below 1 or {@code in} above {@link #IN_MAX}
   */
  public long bytes(int out, int in) {
    if (out < 1 || in < 1 || in > IN_MAX) {
      throw new IllegalArgumentException(
          "a matrix of %d x %d cannot be packed: at least 1 x 1, at most %d inputs"
              .formatted(out, in, IN_MAX));
    }
    return dataBytes(out, in) + (this == BF16 ? 0 : 8L * paddedOut(out));
  }
}
