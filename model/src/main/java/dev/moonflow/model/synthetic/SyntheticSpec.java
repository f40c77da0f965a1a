package dev.moonflow.model.synthetic;

import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.checkpoint.VisionConfig;
import java.util.Objects;

/**
 * What a random checkpoint is to be.
 *
 * @param vision shape of the vision tower
 * @param text shape of the language model; its vocabulary has at least as many ids as the tokenizer
 *     comes to
 * @param merges tokens to learn besides the 256 bytes, at most
 * @param dtype F32 or BF16
 * @param inTokenLimit patches of an image above which it is scaled down
 * @param seed of all weights
 */
public record SyntheticSpec(
    VisionConfig vision, TextConfig text, int merges, DType dtype, int inTokenLimit, long seed) {
  /** Layers of either tower of Kimi-VL-A3B. */
  public static final int KIMI_VL_LAYERS = 27;

  public SyntheticSpec {
    Objects.requireNonNull(vision, "vision");
    Objects.requireNonNull(text, "text");
    if (dtype != DType.F32 && dtype != DType.BF16) {
      throw new IllegalArgumentException("dtype must be F32 or BF16: " + dtype);
    }
    if (merges < 0 || inTokenLimit < 1) {
      throw new IllegalArgumentException(
          "merges must be at least 0 and inTokenLimit at least 1: " + merges + ", " + inTokenLimit);
    }
  }

  /** A model of about a million parameters, quick on any machine. */
  public static SyntheticSpec small(long seed) {
    VisionConfig vision = new VisionConfig(64, 2, 4, 128, 14, 16, 16, 2);
    TextConfig text =
        new TextConfig(
            0, 96, 3, 4, 32, 16, 8, 16, 192, 64, 8, 2, 2, 1, 1, true, 2.446f, 800_000.0, 1e-5f, 1,
            131_072, false);
    return new SyntheticSpec(vision, text, 512, DType.BF16, 1024, seed);
  }

  /** The shape of moonlet, the default model of about five million parameters that reads lines. */
  public static SyntheticSpec moonlet(long seed) {
    VisionConfig vision = new VisionConfig(128, 4, 4, 384, 14, 4, 64, 2);
    TextConfig text =
        new TextConfig(
            0, 192, 4, 6, 64, 16, 16, 32, 384, 128, 16, 2, 1, 1, 1, true, 2.446f, 10_000.0, 1e-5f,
            1, 4_096, false);
    return new SyntheticSpec(vision, text, 1_024, DType.BF16, 4_096, seed);
  }

  /**
   * The shape of Kimi-VL-A3B: 27 layers in either tower make 16 billion parameters.
   *
   * @param layers of the language model and of the vision tower, 1 to 27
   */
  public static SyntheticSpec kimiVlA3b(int layers, long seed) {
    if (layers < 1 || layers > KIMI_VL_LAYERS) {
      throw new IllegalArgumentException(
          "layers must be between 1 and " + KIMI_VL_LAYERS + ", got " + layers);
    }
    VisionConfig vision = new VisionConfig(1152, layers, 16, 4304, 14, 64, 64, 2);
    TextConfig text =
        new TextConfig(
            163_840, 2048, layers, 16, 512, 128, 64, 128, 11_264, 1408, 64, 6, 2, 1, 1, true,
            2.446f, 800_000.0, 1e-5f, 1, 131_072, false);
    return new SyntheticSpec(vision, text, 512, DType.BF16, 4096, seed);
  }
}
