package dev.moonflow.model.conformance;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.language.BatchAngles;
import dev.moonflow.model.language.KvCache;
import dev.moonflow.model.language.MlaAttention;
import dev.moonflow.model.language.MlaReference;
import dev.moonflow.model.language.RotaryAngles;
import dev.moonflow.model.language.Span;
import dev.moonflow.model.language.TokenBatch;
import java.io.IOException;
import java.util.List;

/** The parts of multi-head latent attention of one layer, from a normed input. */
final class AttentionSection implements Section {
  private static final String PREFIX = "mla_layer";

  @Override
  public String name() {
    return "attention";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    List<String> files =
        golden.names("lm_parts", ".safetensors").stream()
            .filter(name -> name.matches(PREFIX + "\\d+"))
            .toList();
    if (files.isEmpty()) {
      report.skipped("lm_parts/" + PREFIX + "N.safetensors", "not in this folder");
      return;
    }
    try (Checkpoint checkpoint = Checkpoint.open(golden.checkpoint())) {
      for (String file : files) {
        int layer = Integer.parseInt(file.substring(PREFIX.length()));
        compare(checkpoint, layer, golden.tensors("lm_parts/" + file + ".safetensors"), report);
      }
    }
  }

  private static void compare(
      Checkpoint checkpoint, int layer, GoldenTensors expected, Report report) {
    float[] input = expected.floats("attn_input");
    int tokens = expected.shape("attn_input")[0];
    StageRecorder stages = new StageRecorder();
    float[] output = attend(checkpoint, layer, input, tokens, stages);
    MlaReference.Result reference = new MlaReference(checkpoint, layer).forward(input, tokens);
    for (String name : expected.names()) {
      if (!name.equals("attn_input")) {
        float[] actual =
            switch (name) {
              case "kv_b" -> reference.keysAndValues();
              case "attn_probs" -> probabilities(checkpoint, layer, tokens, stages);
              default -> stages.stages().get("attention." + layer + "." + name);
            };
        String quantity = PREFIX + layer + " " + name;
        if (actual == null) {
          report.failed(quantity, "attention has no stage of this name");
        } else {
          report.close(quantity, actual, expected.floats(name), Tolerances.ATTENTION);
        }
      }
    }
    String twin = PREFIX + layer + " absorbed against expanded form";
    report.close(twin, output, reference.output(), Tolerances.ATTENTION);
  }

  private static float[] attend(
      Checkpoint checkpoint, int layer, float[] input, int tokens, StageRecorder stages) {
    TextConfig config = checkpoint.config().text();
    KvCache cache = new KvCache(config, tokens);
    TokenBatch batch = new TokenBatch(List.of(new Span(cache.open(), input, 0, tokens, 0)));
    batch.reserve();
    RotaryAngles angles = new RotaryAngles(config.qkRopeHeadDim(), config.ropeTheta());
    float[] output = new float[input.length];
    MlaAttention.read(checkpoint, layer)
        .forward(batch, BatchAngles.of(batch, angles), input, output, stages);
    return output;
  }

  /** [heads, T, T] with zeros above the diagonal, from one row of stages per token. */
  private static float[] probabilities(
      Checkpoint checkpoint, int layer, int tokens, StageRecorder stages) {
    int heads = checkpoint.config().text().heads();
    float[] all = new float[heads * tokens * tokens];
    for (int t = 0; t < tokens; t++) {
      float[] p = stages.stages().get("attention." + layer + ".attn_probs." + t);
      for (int h = 0; h < heads; h++) {
        System.arraycopy(p, h * (t + 1), all, (h * tokens + t) * tokens, t + 1);
      }
    }
    return all;
  }
}
