package dev.moonflow.model.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.image.PreprocessorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shapes that the golden folder does not have, held against a plain twin in double. */
class VisionShapesTest {
  private static final long SEED = 1234L;

  @TempDir private Path folder;

  static List<TinyVision> shapes() {
    return List.of(
        // The real head dim of 72, which no vector width divides evenly.
        new TinyVision(144, 2, 2, 100, 6, 9, 14, 40),
        // Odd numbers of everything that may be odd.
        new TinyVision(36, 3, 3, 37, 5, 3, 14, 19),
        // The smallest head, one layer, one position, small patches.
        new TinyVision(4, 1, 1, 1, 1, 1, 3, 1),
        // Many narrow heads.
        new TinyVision(88, 1, 22, 65, 64, 2, 7, 130));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyShapeOfTowerComputesWhatThePlainTwinDoes(TinyVision shape) throws IOException {
    System.out.println("seed " + SEED);
    Map<String, float[]> weights = shape.write(folder, SEED);
    float[] half = {0.5f, 0.5f, 0.5f};
    PreprocessorConfig images =
        new PreprocessorConfig(shape.patch(), 4096, true, half, half, 2, 2, 1024);
    Random random = new Random(SEED);
    List<RgbImage> batch =
        List.of(image(random, shape, 2, 6), image(random, shape, 8, 4), image(random, shape, 2, 2));
    try (Checkpoint checkpoint = Checkpoint.open(folder);
        Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      ImageFeatures features = new VisionEncoder(checkpoint, images, kernels).encode(batch);
      for (int i = 0; i < batch.size(); i++) {
        assertClose(features.of(i), new ReferenceVision(shape, weights).features(batch.get(i)));
      }
    }
  }

  private static RgbImage image(Random random, TinyVision shape, int rows, int cols) {
    byte[] rgb = new byte[3 * rows * cols * shape.patch() * shape.patch()];
    random.nextBytes(rgb);
    return new RgbImage(cols * shape.patch(), rows * shape.patch(), rgb);
  }

  private static void assertClose(float[] actual, double[][] expected) {
    assertThat(actual).hasSize(expected.length * expected[0].length);
    for (int i = 0; i < actual.length; i++) {
      double value = expected[i / expected[0].length][i % expected[0].length];
      assertThat((double) actual[i]).as("value %d", i).isCloseTo(value, Offset.offset(1e-4));
    }
  }
}
