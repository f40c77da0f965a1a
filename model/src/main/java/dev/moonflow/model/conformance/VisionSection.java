package dev.moonflow.model.conformance;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.vision.ImageFeatures;
import dev.moonflow.model.vision.VisionEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every stage of the vision tower and the projector, for single images and packed batches. */
final class VisionSection implements Section {

  @Override
  public String name() {
    return "vision";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    List<String> files = golden.names("vision", ".safetensors");
    if (files.isEmpty()) {
      report.skipped("vision/", "holds no safetensors file");
      return;
    }
    try (Checkpoint checkpoint = Checkpoint.open(golden.checkpoint())) {
      PreprocessorConfig images = PreprocessorConfig.read(golden.checkpoint());
      VisionEncoder encoder = new VisionEncoder(checkpoint, images, kernels);
      PackedImages packed = new PackedImages(golden);
      for (String file : files) {
        try {
          GoldenTensors expected = golden.tensors("vision/" + file + ".safetensors");
          compare(file, expected, packed, encoder, report);
        } catch (IOException | RuntimeException e) {
          report.failed(file, e.getMessage());
        }
      }
    }
  }

  private static void compare(
      String file,
      GoldenTensors expected,
      PackedImages images,
      VisionEncoder encoder,
      Report report)
      throws IOException {
    List<String> names = images.of(file, expected, encoder);
    List<RgbImage> pixels = names.stream().map(images::pixels).toList();
    StageRecorder recorder = new StageRecorder();
    ImageFeatures features = encoder.encode(pixels, recorder);
    for (String stage : expected.names()) {
      String quantity = file + " " + stage;
      if (stage.equals("cu_seqlens")) {
        report.exact(quantity, patchOffsets(features, encoder), expected.ints(stage));
      } else if (recorder.stages().containsKey(stage)) {
        double tolerance = stage.equals("projector") ? Tolerances.PROJECTOR : Tolerances.VISION;
        report.close(quantity, recorder.stages().get(stage), expected.floats(stage), tolerance);
      } else if (!stage.equals("grid_hw")) {
        report.failed(quantity, "the vision tower has no stage of this name");
      }
    }
    if (names.size() > 1) {
      String quantity = file + " features as encoded one by one";
      report.equal(quantity, Arrays.equals(features.values(), alone(pixels, encoder)), true);
    }
  }

  private static int[] patchOffsets(ImageFeatures features, VisionEncoder encoder) {
    return Arrays.stream(features.offsets()).map(row -> row * encoder.patchesPerToken()).toArray();
  }

  private static float[] alone(List<RgbImage> images, VisionEncoder encoder) {
    List<float[]> features = new ArrayList<>();
    for (RgbImage image : images) {
      features.add(encoder.encode(List.of(image)).values());
    }
    float[] all = new float[features.stream().mapToInt(f -> f.length).sum()];
    int at = 0;
    for (float[] values : features) {
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }
}
