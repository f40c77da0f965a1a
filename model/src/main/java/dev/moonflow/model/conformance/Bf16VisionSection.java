package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.vision.VisionEncoder;
import java.util.ArrayList;
import java.util.List;

/** Image features from the sharded BF16 checkpoint, computed in 32-bit floats. */
final class Bf16VisionSection implements Section {
  private static final String TENSORS = "e2e/bf16_checkpoint.safetensors";
  private static final String CASES = "e2e/cases.json";
  private static final String SUFFIX = ".projector";

  @Override
  public String name() {
    return "vision_bf16";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws Exception {
    if (!golden.hasAll(report, TENSORS, CASES, "checkpoint_bf16_sharded")) {
      return;
    }
    GoldenTensors tensors = golden.tensors(TENSORS);
    try (Checkpoint checkpoint = Checkpoint.open(golden.shardedCheckpoint())) {
      PreprocessorConfig config = PreprocessorConfig.read(golden.shardedCheckpoint());
      VisionEncoder encoder = new VisionEncoder(checkpoint, config, kernels);
      for (String name : tensors.names()) {
        if (name.endsWith(SUFFIX)) {
          String caseName = name.substring(0, name.length() - SUFFIX.length());
          List<RgbImage> images = images(golden, caseName, new ImageProcessor(config));
          float[] features = encoder.encode(images).values();
          report.close(name, features, tensors.floats(name), Tolerances.PROJECTOR);
        }
      }
    }
  }

  private static List<RgbImage> images(
      GoldenFolder golden, String caseName, ImageProcessor processor) throws Exception {
    List<RgbImage> images = new ArrayList<>();
    for (JsonNode json : golden.json(CASES)) {
      if (json.path("case").asText().equals(caseName)) {
        for (JsonNode image : json.path("images")) {
          RgbImage raw = golden.image("images/" + image.asText()).rgb();
          images.add(processor.process(raw).pixels());
        }
      }
    }
    return images;
  }
}
