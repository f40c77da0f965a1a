package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.ConfigWriter;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.SafetensorsWriter;
import dev.moonflow.model.checkpoint.TensorCatalog;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A model's folder on disk (SPEC section 2), between tensors and safetensors. */
final class ModelFolder {
  private static final List<String> COMPANIONS =
      List.of(
          "tiktoken.model",
          "tokenizer_config.json",
          "preprocessor_config.json",
          "generation_config.json");

  private ModelFolder() {}

  static TrainableKimiVl load(Path folder, Precision precision) {
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      KimiVlConfig config = checkpoint.config();
      Parameters parameters = new Parameters();
      for (TensorCatalog.Entry entry : TensorCatalog.of(config)) {
        int[] shape = entry.shape();
        long[] wide = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
          wide[i] = shape[i];
        }
        float[] values = checkpoint.floats(entry.name(), shape);
        boolean trained = !isCorrectionBias(entry.name());
        parameters.add(
            entry.name(), Tensors.of(values, precision.storage(), wide).set_requires_grad(trained));
      }
      return new TrainableKimiVl(config, parameters, precision);
    }
  }

  static void save(TrainableKimiVl model, Path folder, DType dtype, Path companions)
      throws IOException {
    Files.createDirectories(folder);
    SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
    for (TensorCatalog.Entry entry : TensorCatalog.of(model.config())) {
      try (Scope scope = new Scope()) {
        Tensor tensor = model.parameters().get(entry.name());
        float[] values = Tensors.floats(tensor);
        if (dtype == DType.BF16 && !isCorrectionBias(entry.name())) {
          writer.bf16(entry.name(), values, entry.shape());
        } else {
          writer.f32(entry.name(), values, entry.shape());
        }
      }
    }
    writer.write(folder.resolve("model.safetensors"));
    ConfigWriter.write(folder.resolve("config.json"), model.config(), dtype);
    if (!companions.equals(folder)) {
      for (String name : COMPANIONS) {
        if (Files.exists(companions.resolve(name))) {
          Files.copy(
              companions.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static boolean isCorrectionBias(String name) {
    return name.endsWith("e_score_correction_bias");
  }
}
