package dev.moonflow.training.stage.vit;

import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.checkpoint.VisionConfig;
import dev.moonflow.training.network.ImagePatches;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Images of two halves, each of one of four colours, with noise and in several sizes; the caption
 * names the upper and the lower colour.
 */
final class ColouredImages {
  static final int BEGIN = 10;
  static final int END = 11;
  private static final int COLOURS = 4;
  private static final double[][] RGB = {{1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, 1, 1}};
  private static final int PIXELS = 14 * 14;

  private ColouredImages() {}

  /** A tower of few weights, and the least language model that there may be beside it. */
  static KimiVlConfig config() {
    VisionConfig vision = new VisionConfig(16, 1, 2, 32, 14, 4, 4, 2);
    TextConfig text =
        new TextConfig(
            16, 8, 1, 1, 4, 4, 4, 4, 8, 8, 2, 1, 1, 1, 1, true, 1f, 10_000, 1e-5f, 1, 64, false);
    return new KimiVlConfig(vision, text, 9);
  }

  static VitShape shape() {
    return new VitShape(16, 8, 16, 2, 16, 2, 1, 1, 16);
  }

  /** As many images as there are pairs of colours, each pair once, in a random order. */
  static VitBatch batch(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> pairs = new ArrayList<>();
    for (int i = 0; i < COLOURS * COLOURS; i++) {
      pairs.add(random.nextInt(pairs.size() + 1), i);
    }
    List<ImagePatches> images = new ArrayList<>();
    List<int[]> captions = new ArrayList<>();
    for (int pair : pairs) {
      int up = pair / COLOURS;
      int down = pair % COLOURS;
      images.add(image(up, down, 2 + 2 * random.nextInt(2), 2 + 2 * random.nextInt(2), random));
      captions.add(new int[] {up, 4 + down, END});
    }
    return new VitBatch(images, captions);
  }

  private static ImagePatches image(int up, int down, int rows, int cols, SplittableRandom random) {
    float[] values = new float[rows * cols * 3 * PIXELS];
    int at = 0;
    for (int patch = 0; patch < rows * cols; patch++) {
      int colour = patch / cols < rows / 2 ? up : down;
      for (int value = 0; value < 3 * PIXELS; value++) {
        values[at++] = (float) (RGB[colour][value / PIXELS] + 0.3 * random.nextGaussian());
      }
    }
    return new ImagePatches(rows, cols, values);
  }
}
