package dev.moonflow.model.synthetic;

import dev.moonflow.model.checkpoint.ConfigWriter;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.SafetensorsWriter;
import dev.moonflow.model.checkpoint.TensorCatalog;
import dev.moonflow.model.tokenizer.MergeLearner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a checkpoint folder with random weights: the files, tensor names and shapes of the real
 * one (SPEC sections 1 to 3). The bytes are a function of the specification.
 */
public final class SyntheticCheckpoint {

  /** Marks the folder's weights as random, under {@code __metadata__}. */
  public static final String METADATA_KEY = "moonflow.synthetic";

  private static final int NAMED_SPECIALS = 256;

  private SyntheticCheckpoint() {}

  /**
   * Writes all files into a folder, which is made if it is not there.
   *
   * @return the configuration written
   */
  public static KimiVlConfig write(Path dir, SyntheticSpec spec) throws IOException {
    Files.createDirectories(dir);
    List<byte[]> tokens = MergeLearner.learn(LearningText.TEXT, spec.merges());
    CompanionFiles.write(dir, tokens, spec.vision().patchSize(), spec.inTokenLimit());
    KimiVlConfig config =
        new KimiVlConfig(
            spec.vision(),
            spec.text().withVocabSize(tokens.size() + NAMED_SPECIALS),
            CompanionFiles.special(tokens, "<|media_pad|>"));
    ConfigWriter.write(dir.resolve("config.json"), config, spec.dtype());
    writeWeights(dir.resolve("model.safetensors"), config, spec);
    return config;
  }

  private static void writeWeights(Path file, KimiVlConfig config, SyntheticSpec spec)
      throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.metadata("format", "pt").metadata(METADATA_KEY, "seed " + spec.seed());
    for (TensorCatalog.Entry entry : TensorCatalog.of(config)) {
      float[] values = values(entry, spec.seed());
      if (spec.dtype() == DType.F32 || entry.name().endsWith("e_score_correction_bias")) {
        writer.f32(entry.name(), values, entry.shape());
      } else {
        writer.bf16(entry.name(), values, entry.shape());
      }
    }
    writer.write(file);
  }

  /** Norms near one, biases near zero, and matrices that keep the size of what passes them. */
  private static float[] values(TensorCatalog.Entry entry, long seed) {
    int count = Math.toIntExact(entry.elements());
    String name = entry.name();
    if (name.contains("norm") && name.endsWith(".weight")) {
      return RandomTensor.values(seed, name, count, 1f, 0.1f);
    }
    if (entry.shape().length == 1) {
      return RandomTensor.values(seed, name, count, 0f, 0.05f);
    }
    boolean table = name.endsWith("embed_tokens.weight") || name.endsWith("pos_emb.weight");
    int fanIn = count / entry.shape()[0];
    float deviation = table ? 1f : (float) (1 / Math.sqrt(fanIn));
    return RandomTensor.values(seed, name, count, 0f, deviation);
  }
}
