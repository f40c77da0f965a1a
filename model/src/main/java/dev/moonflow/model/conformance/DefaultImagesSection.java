package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import java.io.IOException;

/** Preprocessing under the checkpoint's own settings: plans, pixels and patches by their hashes. */
final class DefaultImagesSection implements Section {
  private static final String CASES = "preprocess/default_config_cases.json";

  @Override
  public String name() {
    return "preprocess";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    if (!golden.hasAll(report, CASES)) {
      return;
    }
    ObjectNode settings = ImageCase.settings(golden);
    for (JsonNode json : golden.json(CASES)) {
      String file = json.path("image").asText();
      if (golden.hasAll(report, "images/" + file)) {
        compare(golden, ImageCase.of(settings, json), file, kernels, report);
      }
    }
  }

  private static void compare(
      GoldenFolder golden, ImageCase imageCase, String file, Kernels kernels, Report report)
      throws IOException {
    report.equal(file + " plan", imageCase.planMismatches().toString(), "[]");
    JsonNode json = imageCase.json();
    GoldenImage raw = golden.image("images/" + file);
    hash(json, "raw_rgb_sha256", file + " raw pixels", Hashes.sha256(raw.rgb().rgb()), report);
    if (imageCase.expectsError()) {
      return;
    }
    RgbImage processed = imageCase.render(raw);
    hash(json, "final_rgb_sha256", file + " pixels", Hashes.sha256(processed.rgb()), report);
    String stored = "images/" + file.replaceFirst("\\.png$", ".final_rgb.png");
    if (golden.has(stored)) {
      report.exact(stored, processed.rgb(), golden.image(stored).rgb().rgb());
    }
    float[] patches = imageCase.patches(processed, kernels);
    hash(json, "patches_f32_sha256", file + " patches", Hashes.sha256(patches), report);
  }

  private static void hash(
      JsonNode json, String field, String quantity, String actual, Report report) {
    if (json.has(field)) {
      report.equal(quantity + " SHA-256", actual, json.get(field).asText());
    }
  }
}
