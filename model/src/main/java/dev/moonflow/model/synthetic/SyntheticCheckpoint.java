package dev.moonflow.model.synthetic;

import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.model.checkpoint.ConfigWriter;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.PlannedTensor;
import dev.moonflow.model.checkpoint.SafetensorsWriter;
import dev.moonflow.model.checkpoint.TensorCatalog;
import dev.moonflow.model.checkpoint.WeightPlan;
import dev.moonflow.model.convert.ConversionProgress;
import dev.moonflow.model.convert.WeightsWriter;
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

  /** The settings and the weights that a specification comes to. */
  private record Model(KimiVlConfig config, List<byte[]> tokens, RandomWeights weights) {}

  private static Model model(SyntheticSpec spec) {
    List<byte[]> tokens = MergeLearner.learn(LearningText.TEXT, spec.merges());
    int known = tokens.size() + NAMED_SPECIALS;
    KimiVlConfig config =
        new KimiVlConfig(
            spec.vision(),
            spec.text().withVocabSize(Math.max(known, spec.text().vocabSize())),
            CompanionFiles.special(tokens, "<|media_pad|>"));
    return new Model(config, tokens, new RandomWeights(config, spec.seed(), spec.dtype(), known));
  }

  private static void writeSettings(Path dir, SyntheticSpec spec, Model model) throws IOException {
    Files.createDirectories(dir);
    CompanionFiles.write(dir, model.tokens(), spec.vision().patchSize(), spec.inTokenLimit());
    ConfigWriter.write(dir.resolve("config.json"), model.config(), spec.dtype());
  }

  /** Weights of such a model, in numbers. */
  public static long parameters(SyntheticSpec spec) {
    return TensorCatalog.of(model(spec).config()).stream()
        .mapToLong(TensorCatalog.Entry::elements)
        .sum();
  }

  /** Bytes of the weights that {@link #write} writes. */
  public static long bytes(SyntheticSpec spec) {
    return safetensors(model(spec), spec).dataBytes();
  }

  /** Bytes of the weights that {@link #writePacked} writes. */
  public static long packedBytes(SyntheticSpec spec, WeightFormat format) {
    return WeightPlan.of(model(spec).config(), format).stream()
        .mapToLong(PlannedTensor::bytes)
        .sum();
  }

  /**
   * Writes all files into a folder, which is made if it is not there. Weights are made as they are
   * written, so a model of any size takes little memory.
   *
   * @return the configuration written
   */
  public static KimiVlConfig write(Path dir, SyntheticSpec spec) throws IOException {
    Model model = model(spec);
    writeSettings(dir, spec, model);
    safetensors(model, spec).write(dir.resolve("model.safetensors"));
    return model.config();
  }

  /** As {@link #write}, with the weights packed as a conversion of that folder would pack them. */
  public static KimiVlConfig writePacked(
      Path dir, SyntheticSpec spec, WeightFormat format, ConversionProgress progress)
      throws IOException {
    Model model = model(spec);
    writeSettings(dir, spec, model);
    String origin = METADATA_KEY + " seed " + spec.seed();
    new WeightsWriter(dir, model.config(), format, origin, model.weights(), progress).write();
    return model.config();
  }

  private static SafetensorsWriter safetensors(Model model, SyntheticSpec spec) {
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.metadata("format", "pt").metadata(METADATA_KEY, "seed " + spec.seed());
    for (TensorCatalog.Entry entry : TensorCatalog.of(model.config())) {
      DType dtype = model.weights().dtype(entry.name());
      writer.generated(entry.name(), dtype, model.weights(), entry.shape());
    }
    return writer;
  }
}
