package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.ImageRejectedException;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.language.LanguageModel;
import dev.moonflow.model.vision.VisionEncoder;
import java.io.IOException;
import java.util.Arrays;

/** Whole prompts: embeddings, layers, gates, logits. */
final class LanguageSection implements Section {
  private static final String CASES = "e2e/cases.json";

  @Override
  public String name() {
    return "language";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report)
      throws IOException, ImageRejectedException {
    if (!golden.hasAll(report, CASES)) {
      return;
    }
    try (Checkpoint checkpoint = Checkpoint.open(golden.checkpoint())) {
      PreprocessorConfig images = PreprocessorConfig.read(golden.checkpoint());
      LanguageCase runner =
          new LanguageCase(
              LanguageModel.read(checkpoint, kernels),
              new VisionEncoder(checkpoint, images, kernels),
              new ImageProcessor(images),
              checkpoint.config().mediaTokenId());
      for (JsonNode json : golden.json(CASES)) {
        String file = "e2e/" + json.path("case").asText() + ".safetensors";
        if (golden.hasAll(report, file)) {
          compare(golden, json, golden.tensors(file), runner, report);
        }
      }
    }
  }

  private static void compare(
      GoldenFolder golden,
      JsonNode json,
      GoldenTensors expected,
      LanguageCase runner,
      Report report)
      throws IOException, ImageRejectedException {
    String name = json.path("case").asText() + " ";
    int[] ids = expected.ints("input_ids");
    float[] embeddings = runner.embed(golden, json, ids);
    StageRecorder stages = new StageRecorder();
    float[] logits = runner.logits(embeddings, ids.length, stages);
    for (String stage : expected.names()) {
      float[] actual = stages.stages().get(stage);
      if (stage.equals("logits")) {
        int[] rows = expected.ints("logits_rows");
        float[] chosen = rows(logits, rows, runner.model().config().vocabSize());
        report.close(name + stage, chosen, expected.floats(stage), Tolerances.LOGITS);
      } else if (stage.equals("last_hidden")) {
        float[] last = last(stages.stages().get("norm"), runner.model().config().hiddenSize());
        report.close(name + stage, last, expected.floats(stage), Tolerances.LM_LAYER);
      } else if (stage.matches("gate\\.\\d+\\.indices_sorted")) {
        compareGate(
            name, stage.replace(".indices_sorted", ""), ids.length, stages, expected, report);
      } else if (actual != null && !stage.startsWith("gate.")) {
        double tolerance = stage.equals("embeds") ? Tolerances.PROJECTOR : Tolerances.LM_LAYER;
        report.close(name + stage, actual, expected.floats(stage), tolerance);
      } else if (!stage.matches("input_ids|logits_rows|gate\\.\\d+\\.weights")) {
        report.failed(name + stage, "the language model has no stage of this name");
      }
    }
  }

  private static void compareGate(
      String name,
      String gate,
      int tokens,
      StageRecorder stages,
      GoldenTensors expected,
      Report report) {
    float[] numbers = stages.stages().get(gate + ".experts");
    if (numbers == null) {
      report.failed(name + gate, "this layer has no gate");
      return;
    }
    int[] experts = new int[numbers.length];
    for (int i = 0; i < experts.length; i++) {
      experts[i] = (int) numbers[i];
    }
    int topK = experts.length / tokens;
    ExpertChoice actual =
        ExpertChoice.of(experts, stages.stages().get(gate + ".weights"), tokens, topK);
    report.exact(
        name + gate + " experts", actual.experts(), expected.ints(gate + ".indices_sorted"));
    report.close(
        name + gate + " weights",
        actual.weights(),
        expected.floats(gate + ".weights"),
        Tolerances.GATE_WEIGHTS);
  }

  private static float[] rows(float[] values, int[] rows, int width) {
    float[] chosen = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * width, chosen, i * width, width);
    }
    return chosen;
  }

  private static float[] last(float[] values, int width) {
    return Arrays.copyOfRange(values, values.length - width, values.length);
  }
}
