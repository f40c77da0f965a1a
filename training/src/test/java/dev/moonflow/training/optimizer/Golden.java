package dev.moonflow.training.optimizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.model.checkpoint.Safetensors;
import dev.moonflow.training.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The golden training numbers: {@code training/muon_adamw} and {@code training/training_math}. */
final class Golden implements AutoCloseable {
  private static final Path FOLDER =
      Path.of(System.getProperty("moonflow.golden.training.dir"), "training");

  private final Safetensors tensors;

  Golden() {
    tensors = Safetensors.open(FOLDER.resolve("muon_adamw.safetensors"));
  }

  static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve(file).toFile());
  }

  float[] floats(String name) {
    return tensors.floats(name);
  }

  Tensor tensor(String name, ScalarType type) {
    long[] shape = tensors.info(name).shape().stream().mapToLong(d -> d).toArray();
    return Tensors.of(tensors.floats(name), type, shape);
  }

  static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - b[i]);
      largest = difference <= largest ? largest : difference;
    }
    return a.length == b.length ? largest : Double.NaN;
  }

  @Override
  public void close() {
    tensors.close();
  }
}
