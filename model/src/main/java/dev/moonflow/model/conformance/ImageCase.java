package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.packing.PackingSpec;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.image.ResizePlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One golden case of preprocessing: settings, a size, and the expected plan.
 *
 * @param json the case as the folder states it
 * @param processor the product under the case's settings
 * @param plan what the product would do
 */
record ImageCase(JsonNode json, ImageProcessor processor, ResizePlan plan) {

  /** The checkpoint's settings, or none when the folder has no checkpoint. */
  static ObjectNode settings(GoldenFolder golden) throws IOException {
    String file = "checkpoint/" + PreprocessorConfig.FILE_NAME;
    return golden.has(file)
        ? (ObjectNode) golden.json(file)
        : JsonNodeFactory.instance.objectNode();
  }

  /** A case; what it does not state is in the checkpoint's settings. */
  static ImageCase of(ObjectNode checkpointSettings, JsonNode json) {
    ImageProcessor processor = new ImageProcessor(config(checkpointSettings.deepCopy(), json));
    ResizePlan plan = processor.plan(json.path("width").asInt(), json.path("height").asInt());
    return new ImageCase(json, processor, plan);
  }

  private static PreprocessorConfig config(ObjectNode settings, JsonNode json) {
    for (String field : List.of("patch_size", "in_token_limit", "pad_input")) {
      if (json.has(field)) {
        settings.set(field, json.get(field));
      }
    }
    if (json.has("mean")) {
      settings.set("image_mean", json.get("mean"));
      settings.set("image_std", json.get("std"));
    }
    return PreprocessorConfig.of(settings);
  }

  /** Whether the folder says that this case is an error. */
  boolean expectsError() {
    return json.has("error");
  }

  /** Fields of the plan that differ from the folder's, as {@code name: got .., expected ..}. */
  List<String> planMismatches() {
    List<String> mismatches = new ArrayList<>();
    planFields()
        .forEach(
            (field, actual) -> {
              if (json.has(field) && !actual.equals(json.get(field).asText())) {
                mismatches.add(
                    String.format("%s: got %s, expected %s", field, actual, json.get(field)));
              }
            });
    if (expectsError() != plan.problem().isPresent()) {
      mismatches.add(
          String.format(
              "error: got %s, expected %s",
              plan.problem().orElse("none"), json.path("error").asText("none")));
    }
    return mismatches;
  }

  private Map<String, String> planFields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("rescaled", String.valueOf(plan.rescaled()));
    fields.put("scale", String.valueOf(plan.scale()));
    fields.put("resized_width", String.valueOf(plan.resizedWidth()));
    fields.put("resized_height", String.valueOf(plan.resizedHeight()));
    fields.put("pad_right", String.valueOf(plan.padRight()));
    fields.put("pad_bottom", String.valueOf(plan.padBottom()));
    fields.put("crop_top", String.valueOf(plan.cropTop()));
    fields.put("crop_left", String.valueOf(plan.cropLeft()));
    fields.put("final_width", String.valueOf(plan.finalWidth()));
    fields.put("final_height", String.valueOf(plan.finalHeight()));
    fields.put("grid_h", String.valueOf(plan.gridRows()));
    fields.put("grid_w", String.valueOf(plan.gridCols()));
    fields.put("n_patches", String.valueOf(plan.patches()));
    if (plan.problem().isEmpty()) {
      fields.put("media_tokens", String.valueOf(plan.mediaTokens()));
    }
    return fields;
  }

  /** The case's image after scaling and padding; in the native order if the case is named so. */
  RgbImage render(GoldenImage image) {
    boolean nativeOrder = json.path("case").asText().endsWith(".native_order");
    return nativeOrder && image.hasAlpha()
        ? processor.renderNativeOrder(image.rgba(), plan)
        : processor.render(image.rgb(), plan);
  }

  /** Normalised patches [N, 3, p, p] of a processed image, by the product's patch packer. */
  float[] patches(RgbImage processed, Kernels kernels) {
    return patches(processed, processor.config(), kernels);
  }

  static float[] patches(RgbImage processed, PreprocessorConfig config, Kernels kernels) {
    // Positions play no part here: the smallest table that packing accepts.
    PackingSpec.PositionTable positions = new PackingSpec.PositionTable(1, 1, 1, new float[1]);
    PackingSpec spec =
        new PackingSpec(config.patchSize(), config.mean(), config.std(), 4, 10_000f, positions);
    return kernels.patchPacker().pack(List.of(processed), spec).patches();
  }
}
