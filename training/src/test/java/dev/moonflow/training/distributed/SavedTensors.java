package dev.moonflow.training.distributed;

import dev.moonflow.model.checkpoint.Safetensors;
import dev.moonflow.model.checkpoint.SafetensorsWriter;
import dev.moonflow.training.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors in files, as ranks hand them to the test and to each other. */
final class SavedTensors {
  private SavedTensors() {}

  static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    tensors.forEach(
        (name, tensor) ->
            writer.f32(
                name,
                Tensors.floats(tensor),
                Arrays.stream(tensor.shape()).mapToInt(d -> (int) d).toArray()));
    writer.write(file);
  }

  static Map<String, Tensor> read(Path file) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (Safetensors stored = Safetensors.open(file)) {
      for (String name : stored.names()) {
        long[] shape = stored.info(name).shape().stream().mapToLong(d -> d).toArray();
        tensors.put(name, Tensors.of(stored.floats(name), ScalarType.Float, shape));
      }
    }
    return tensors;
  }

  /** All tensors of the files whose names begin so. */
  static Map<String, Tensor> union(Path folder, String prefix) throws IOException {
    Map<String, Tensor> union = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted =
          files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList();
      sorted.forEach(file -> union.putAll(read(file)));
    }
    return union;
  }
}
