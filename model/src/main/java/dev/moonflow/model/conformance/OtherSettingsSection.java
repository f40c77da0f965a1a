package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.image.ImageRejectedException;
import java.io.IOException;

/** Preprocessing under other limits, statistics, alignment rules and colour modes. */
final class OtherSettingsSection implements Section {
  private static final String CASES = "preprocess/other_settings_cases.json";
  private static final String TENSORS = "preprocess/other_settings.safetensors";

  @Override
  public String name() {
    return "preprocess";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    if (!golden.hasAll(report, CASES, TENSORS)) {
      return;
    }
    GoldenTensors tensors = golden.tensors(TENSORS);
    ObjectNode settings = ImageCase.settings(golden);
    for (JsonNode json : golden.json(CASES)) {
      String file = "images/" + json.path("image").asText();
      if (golden.hasAll(report, file)) {
        compare(ImageCase.of(settings, json), golden.image(file), tensors, kernels, report);
      }
    }
  }

  private static void compare(
      ImageCase imageCase,
      GoldenImage image,
      GoldenTensors tensors,
      Kernels kernels,
      Report report) {
    String name = imageCase.json().path("case").asText();
    report.equal(name + " plan", imageCase.planMismatches().toString(), "[]");
    if (imageCase.expectsError()) {
      report.equal(name + " is rejected", rejects(imageCase, image.rgb()), true);
    }
    boolean storesPixels = tensors.has(name + ".final_rgb");
    if (imageCase.expectsError() && !storesPixels) {
      return;
    }
    RgbImage processed = imageCase.render(image);
    if (storesPixels) {
      report.exact(name + " pixels", processed.rgb(), tensors.bytes(name + ".final_rgb"));
    }
    if (imageCase.expectsError()) {
      return;
    }
    float[] patches = imageCase.patches(processed, kernels);
    if (imageCase.json().has("patches_f32_sha256")) {
      String expected = imageCase.json().get("patches_f32_sha256").asText();
      report.equal(name + " patches SHA-256", Hashes.sha256(patches), expected);
    }
    if (tensors.has(name + ".patches_first_last")) {
      float[] expected = tensors.floats(name + ".patches_first_last");
      int[] ends = {0, imageCase.plan().patches() - 1};
      float[] actual = PatchTensorsSection.rows(patches, ends, expected.length);
      report.close(name + " first and last patch", actual, expected, Tolerances.PATCHES);
    }
  }

  private static boolean rejects(ImageCase imageCase, RgbImage image) {
    try {
      imageCase.processor().process(image);
      return false;
    } catch (ImageRejectedException e) {
      return true;
    }
  }
}
