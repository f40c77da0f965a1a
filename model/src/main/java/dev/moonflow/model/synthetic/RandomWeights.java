package dev.moonflow.model.synthetic;

import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.FloatFormats;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.TensorCatalog;
import dev.moonflow.model.checkpoint.TensorRows;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The random weights of a model, a function of the seed: norms near one, biases near zero, and
 * matrices that keep the size of what passes them. Rows of the head without a token are zero, so
 * that no such id is generated.
 */
final class RandomWeights implements TensorRows {
  private final Map<String, TensorCatalog.Entry> entries;
  private final long seed;
  private final DType dtype;
  private final long headElements;

  /** Weights of a model of which {@code tokens} ids have a token. */
  RandomWeights(KimiVlConfig config, long seed, DType dtype, int tokens) {
    this.entries =
        TensorCatalog.of(config).stream()
            .collect(Collectors.toMap(TensorCatalog.Entry::name, Function.identity()));
    this.seed = seed;
    this.dtype = dtype;
    this.headElements = (long) tokens * config.text().hiddenSize();
  }

  /** How a tensor is stored. */
  DType dtype(String name) {
    return name.endsWith("e_score_correction_bias") ? DType.F32 : dtype;
  }

  @Override
  public void read(String name, long from, int count, float[] target) {
    TensorCatalog.Entry entry = entries.get(name);
    if (name.contains("norm") && name.endsWith(".weight")) {
      RandomTensor.fill(seed, name, from, count, 1f, 0.1f, target);
    } else if (entry.shape().length == 1) {
      RandomTensor.fill(seed, name, from, count, 0f, 0.05f, target);
    } else {
      boolean table = name.endsWith("embed_tokens.weight") || name.endsWith("pos_emb.weight");
      long fanIn = entry.elements() / entry.shape()[0];
      float deviation = table ? 1f : (float) (1 / Math.sqrt(fanIn));
      RandomTensor.fill(seed, name, from, count, 0f, deviation, target);
    }
    if (name.endsWith("lm_head.weight") && from + count > headElements) {
      Arrays.fill(target, (int) Math.max(0, headElements - from), count, 0f);
    }
    if (dtype(name) == DType.BF16) {
      for (int i = 0; i < count; i++) {
        target[i] = FloatFormats.bf16ToFloat(FloatFormats.floatToBf16(target[i]));
      }
    }
  }
}
