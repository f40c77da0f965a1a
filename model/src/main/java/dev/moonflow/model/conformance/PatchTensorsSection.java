package dev.moonflow.model.conformance;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.image.ProcessedImage;

/** Normalised patches of whole images, or of a sample of the large ones. */
final class PatchTensorsSection implements Section {
  private static final String TENSORS = "preprocess/patches.safetensors";

  @Override
  public String name() {
    return "preprocess";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws Exception {
    if (!golden.hasAll(report, TENSORS)) {
      return;
    }
    GoldenTensors tensors = golden.tensors(TENSORS);
    ImageProcessor processor = new ImageProcessor(PreprocessorConfig.read(golden.checkpoint()));
    for (String name : tensors.names()) {
      if (!name.endsWith(".grid_hw")) {
        continue;
      }
      String image = name.substring(0, name.length() - ".grid_hw".length());
      String file = "images/" + image + ".png";
      if (golden.hasAll(report, file)) {
        ProcessedImage processed = processor.process(golden.image(file).rgb());
        int[] grid = {processed.plan().gridRows(), processed.plan().gridCols()};
        report.exact(image + " grid", grid, tensors.ints(name));
        float[] patches = ImageCase.patches(processed.pixels(), processor.config(), kernels);
        compare(image, patches, tensors, report);
      }
    }
  }

  private static void compare(String image, float[] patches, GoldenTensors tensors, Report report) {
    if (tensors.has(image + ".patches")) {
      float[] expected = tensors.floats(image + ".patches");
      report.close(image + " patches", patches, expected, Tolerances.PATCHES);
    }
    if (tensors.has(image + ".patches_sample")) {
      float[] expected = tensors.floats(image + ".patches_sample");
      float[] sample = rows(patches, tensors.ints(image + ".patch_index"), expected.length);
      report.close(image + " sampled patches", sample, expected, Tolerances.PATCHES);
    }
  }

  /** The chosen patches one after the other. */
  static float[] rows(float[] patches, int[] indices, int values) {
    int size = values / indices.length;
    float[] chosen = new float[indices.length * size];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(patches, indices[i] * size, chosen, i * size, size);
    }
    return chosen;
  }
}
