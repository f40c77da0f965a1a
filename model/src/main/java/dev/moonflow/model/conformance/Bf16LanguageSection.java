package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.ImageRejectedException;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.language.LanguageModel;
import dev.moonflow.model.vision.VisionEncoder;
import java.io.IOException;

/** Logits of whole prompts from the sharded BF16 checkpoint, computed in 32-bit floats. */
final class Bf16LanguageSection implements Section {
  private static final String TENSORS = "e2e/bf16_checkpoint.safetensors";
  private static final String CASES = "e2e/cases.json";
  private static final String SUFFIX = ".logits";

  @Override
  public String name() {
    return "language_bf16";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report)
      throws IOException, ImageRejectedException {
    if (!golden.hasAll(report, TENSORS, CASES, "checkpoint_bf16_sharded")) {
      return;
    }
    GoldenTensors expected = golden.tensors(TENSORS);
    try (Checkpoint checkpoint = Checkpoint.open(golden.shardedCheckpoint())) {
      PreprocessorConfig images = PreprocessorConfig.read(golden.shardedCheckpoint());
      LanguageCase runner =
          new LanguageCase(
              LanguageModel.read(checkpoint, kernels),
              new VisionEncoder(checkpoint, images, kernels),
              new ImageProcessor(images),
              checkpoint.config().mediaTokenId());
      for (JsonNode json : golden.json(CASES)) {
        String name = json.path("case").asText();
        if (expected.has(name + SUFFIX) && golden.hasAll(report, "e2e/" + name + ".safetensors")) {
          int[] ids = golden.tensors("e2e/" + name + ".safetensors").ints("input_ids");
          float[] embeddings = runner.embed(golden, json, ids);
          float[] logits = runner.logits(embeddings, ids.length, Probe.NONE);
          report.close(name + SUFFIX, logits, expected.floats(name + SUFFIX), Tolerances.LOGITS);
        }
      }
    }
  }
}
