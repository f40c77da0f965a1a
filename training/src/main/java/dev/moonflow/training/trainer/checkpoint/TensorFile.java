package dev.moonflow.training.trainer.checkpoint;

import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.Safetensors;
import dev.moonflow.model.checkpoint.SafetensorsWriter;
import dev.moonflow.model.checkpoint.TensorInfo;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Named tensors in a safetensors file, bit for bit: float32 and 32-bit integers. */
public final class TensorFile {
  private TensorFile() {}

  /** Writes tensors in the map's order. */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    tensors.forEach(
        (name, tensor) -> {
          int[] shape = Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
          try (Scope scope = new Scope()) {
            switch (Ops.type(tensor)) {
              case Float -> writer.f32(name, Tensors.floats(tensor), shape);
              case Int -> writer.i32(name, ints(tensor), shape);
              default ->
                  throw new IllegalArgumentException(
                      "tensor %s is of type %s, not Float or Int"
                          .formatted(name, Ops.type(tensor)));
            }
          }
        });
    writer.write(file);
  }

  /**
   * Reads all tensors of a file, in the order of their names. They belong to the open scope.
   *
   * @throws CheckpointException naming the file and what is wrong with it
   */
  public static Map<String, Tensor> read(Path file) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (Safetensors stored = Safetensors.open(file)) {
      for (String name : stored.names()) {
        TensorInfo info = stored.info(name);
        long[] shape = info.shape().stream().mapToLong(Long::longValue).toArray();
        tensors.put(
            name,
            info.dtype() == DType.I32
                ? Tensor.create(stored.ints(name), shape)
                : Tensors.of(stored.floats(name), ScalarType.Float, shape));
      }
    }
    return tensors;
  }

  private static int[] ints(Tensor tensor) {
    return Arrays.stream(Tensors.longs(tensor)).mapToInt(Math::toIntExact).toArray();
  }

  /** Bytes that tensors take in a file, nearly. */
  public static long bytes(Map<String, Tensor> tensors) {
    return tensors.values().stream().mapToLong(tensor -> 4 * tensor.numel() + 256).sum();
  }
}
