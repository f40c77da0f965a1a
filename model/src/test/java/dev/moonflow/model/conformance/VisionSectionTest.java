package dev.moonflow.model.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.checkpoint.SafetensorsWriter;
import dev.moonflow.model.conformance.ReportLine.Outcome;
import dev.moonflow.model.vision.ReferenceVision;
import dev.moonflow.model.vision.TinyVision;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of other dimensions, names and sizes, with the values of the plain twin in double. */
class VisionSectionTest {
  private static final long SEED = 5150L;
  private static final TinyVision SHAPE = new TinyVision(72, 2, 2, 90, 7, 5, 14, 33);

  @TempDir private Path root;
  private ReferenceVision twin;
  private RgbImage okapi;
  private RgbImage quagga;
  private RgbImage zebra;

  @BeforeEach
  void aFolder() throws IOException {
    for (String folder : List.of("checkpoint", "images", "vision")) {
      Files.createDirectory(root.resolve(folder));
    }
    Map<String, float[]> weights = SHAPE.write(root.resolve("checkpoint"), SEED);
    Files.writeString(
        root.resolve("checkpoint/preprocessor_config.json"),
        "{\"pad_input\": true, \"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5]}");
    twin = new ReferenceVision(SHAPE, weights);
    Random random = new Random(SEED);
    okapi = image("okapi", 56, 84, random);
    quagga = image("quagga", 56, 84, random);
    zebra = image("zebra", 140, 28, random);
  }

  private RgbImage image(String name, int width, int height, Random random) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    byte[] rgb = new byte[width * height * 3];
    random.nextBytes(rgb);
    for (int i = 0; i < width * height; i++) {
      int pixel = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
      image.setRGB(i % width, i / width, pixel);
    }
    ImageIO.write(image, "png", root.resolve("images/" + name + ".png").toFile());
    return new RgbImage(width, height, rgb);
  }

  /** A golden file of a batch, with one error added to its first value. */
  private void expect(String file, double error, RgbImage... batch) throws IOException {
    List<Float> features = new ArrayList<>();
    int[] grids = new int[2 * batch.length];
    int[] offsets = new int[batch.length + 1];
    for (int i = 0; i < batch.length; i++) {
      grids[2 * i] = batch[i].height() / 14;
      grids[2 * i + 1] = batch[i].width() / 14;
      offsets[i + 1] = offsets[i] + grids[2 * i] * grids[2 * i + 1];
      for (double[] row : twin.features(batch[i])) {
        for (double value : row) {
          features.add((float) (value + (features.isEmpty() ? error : 0)));
        }
      }
    }
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = features.get(i);
    }
    new SafetensorsWriter()
        .i32("grid_hw", grids, batch.length, 2)
        .i32("cu_seqlens", offsets, offsets.length)
        .f32("projector", values, values.length / SHAPE.lm(), SHAPE.lm())
        .write(root.resolve("vision/" + file + ".safetensors"));
  }

  private Report replay() {
    Report report = new Report(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      ConformanceRunner.run(new VisionSection(), new GoldenFolder(root), kernels, report);
    }
    return report;
  }

  @Test
  void imagesAreFoundByNameByGridAndByValues() throws IOException {
    expect("zebra", 0, zebra);
    expect("herd", 0, quagga, zebra, okapi, quagga);
    Report report = replay();
    assertThat(report.lines()).allMatch(line -> line.outcome() == Outcome.PASS);
    assertThat(report.lines())
        .extracting(ReportLine::quantity)
        .containsExactly(
            "herd cu_seqlens",
            "herd projector",
            "herd features as encoded one by one",
            "zebra cu_seqlens",
            "zebra projector");
  }

  @Test
  void anErrorBeyondTheToleranceFailsAndOneWithinItPasses() throws IOException {
    expect("okapi", 1e-3, okapi);
    expect("quagga", 1e-4, quagga);
    List<ReportLine> lines = replay().lines();
    assertThat(lines.get(1).quantity()).isEqualTo("okapi projector");
    assertThat(lines.get(1).outcome()).isEqualTo(Outcome.FAIL);
    assertThat(lines.get(3).quantity()).isEqualTo("quagga projector");
    assertThat(lines.get(3).outcome()).isEqualTo(Outcome.PASS);
  }

  @Test
  void aGridThatNoImageHasIsNamed() throws IOException {
    expect("lonely", 0, new RgbImage(84, 28, new byte[84 * 28 * 3]));
    Report report = replay();
    assertThat(report.count(Outcome.FAIL)).isEqualTo(1);
    assertThat(report.lines().get(0).note()).contains("vision/lonely", "2 x 6 patches");
  }
}
