package dev.moonflow.training.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.conformance.GoldenFolder;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.ImageRejectedException;
import dev.moonflow.model.image.PreprocessorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The golden prompts as packed batches; patches are cut by the plainest possible loop. */
final class GoldenPrompts {
  static final GoldenFolder GOLDEN =
      new GoldenFolder(Path.of(System.getProperty("moonflow.golden.dir")));

  private GoldenPrompts() {}

  static List<JsonNode> cases() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    GOLDEN.json("e2e/cases.json").forEach(cases::add);
    return cases;
  }

  /** One golden prompt as a single segment; every token but the first is a target. */
  static PackedBatch batch(JsonNode json) throws IOException, ImageRejectedException {
    int[] ids =
        GOLDEN.tensors("e2e/" + json.path("case").asText() + ".safetensors").ints("input_ids");
    List<ImagePatches> images = new ArrayList<>();
    for (JsonNode image : json.path("images")) {
      images.add(patches(image.asText()));
    }
    return single(ids, images);
  }

  static PackedBatch single(int[] ids, List<ImagePatches> images) {
    int[] positions = new int[ids.length];
    float[] weights = new float[ids.length];
    for (int t = 0; t < ids.length; t++) {
      positions[t] = t;
      weights[t] = t == 0 ? 0 : 1;
    }
    return new PackedBatch(ids, positions, new int[] {0, ids.length}, weights, images);
  }

  /** Several batches as segments of one. */
  static PackedBatch pack(List<PackedBatch> parts) {
    int total = parts.stream().mapToInt(PackedBatch::length).sum();
    int[] tokens = new int[total];
    int[] positions = new int[total];
    float[] weights = new float[total];
    int[] starts = new int[parts.size() + 1];
    List<ImagePatches> images = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      PackedBatch part = parts.get(i);
      System.arraycopy(part.tokens(), 0, tokens, starts[i], part.length());
      System.arraycopy(part.positions(), 0, positions, starts[i], part.length());
      System.arraycopy(part.targetWeights(), 0, weights, starts[i], part.length());
      starts[i + 1] = starts[i] + part.length();
      images.addAll(part.images());
    }
    return new PackedBatch(tokens, positions, starts, weights, images);
  }

  static ImagePatches patches(String name) throws IOException, ImageRejectedException {
    PreprocessorConfig config = PreprocessorConfig.read(GOLDEN.checkpoint());
    RgbImage image =
        new ImageProcessor(config).process(GOLDEN.image("images/" + name).rgb()).pixels();
    int rows = image.height() / 14;
    int cols = image.width() / 14;
    float[] values = new float[rows * cols * 588];
    int at = 0;
    for (int patch = 0; patch < rows * cols; patch++) {
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < 196; i++) {
          int y = patch / cols * 14 + i / 14;
          int x = patch % cols * 14 + i % 14;
          int sample = image.rgb()[(y * image.width() + x) * 3 + c] & 0xff;
          values[at++] = (sample / 255f - config.mean()[c]) / config.std()[c];
        }
      }
    }
    return new ImagePatches(rows, cols, values);
  }

  static float[] rows(float[] values, int[] rows, int width) {
    float[] chosen = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * width, chosen, i * width, width);
    }
    return chosen;
  }

  static double distance(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new AssertionError(a.length + " values against " + b.length);
    }
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs((double) a[i] - b[i]));
      if (Float.isNaN(a[i])) {
        return Double.NaN;
      }
    }
    return worst;
  }

  static int[] first(int[] values, int count) {
    return Arrays.copyOf(values, count);
  }
}
