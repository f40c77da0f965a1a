package dev.moonflow.model.checkpoint;

import dev.moonflow.kernels.dense.DenseProviders;
import dev.moonflow.kernels.dense.PackedMatrix;
import dev.moonflow.kernels.dense.PackedWeights;
import dev.moonflow.kernels.math.Matrices;
import dev.moonflow.kernels.math.Matrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An open checkpoint folder: its configuration and its tensors, in safetensors files, one or in
 * shards (SPEC section 2), or in a weights file that was made of them. Thread-safe.
 */
public final class Checkpoint implements AutoCloseable {

  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private final Path dir;
  private final KimiVlConfig config;
  private final GenerationConfig generation;
  private final Map<String, Safetensors> files;
  private final Map<String, Safetensors> fileOfTensor;
  private final WeightsFile weights; // null: safetensors
  private final String fingerprint;

  private Checkpoint(Path dir) {
    this.dir = dir;
    this.config = KimiVlConfig.read(dir.resolve("config.json"));
    this.generation = GenerationConfig.read(dir.resolve("generation_config.json"));
    this.files = new TreeMap<>();
    Path converted = dir.resolve(WeightsFile.NAME);
    this.weights = Files.exists(converted) ? WeightsFile.open(converted) : null;
    try {
      if (weights != null) {
        this.fileOfTensor = Map.of();
        this.fingerprint = ModelFingerprint.of(dir, weights);
      } else {
        this.fileOfTensor =
            Files.exists(dir.resolve(INDEX)) ? openShards(dir, files) : openSingle(dir, files);
        this.fingerprint = ModelFingerprint.of(dir, files.values());
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens a folder and checks every header.
   *
   * @throws CheckpointException in one sentence, naming the file and the fault
   */
  public static Checkpoint open(Path dir) {
    if (!Files.isDirectory(dir)) {
      throw new CheckpointException(dir + " is not a folder with a checkpoint.");
    }
    return new Checkpoint(dir);
  }

  private static Map<String, Safetensors> openSingle(Path dir, Map<String, Safetensors> files) {
    if (!Files.exists(dir.resolve(SINGLE))) {
      throw new CheckpointException(
          "%s has none of %s, %s and %s.".formatted(dir, WeightsFile.NAME, SINGLE, INDEX));
    }
    Safetensors file = Safetensors.open(dir.resolve(SINGLE));
    files.put(SINGLE, file);
    Map<String, Safetensors> fileOfTensor = new HashMap<>();
    file.names().forEach(name -> fileOfTensor.put(name, file));
    return fileOfTensor;
  }

  private static Map<String, Safetensors> openShards(Path dir, Map<String, Safetensors> files) {
    JsonFields weightMap = JsonFields.read(dir.resolve(INDEX)).object("weight_map");
    Map<String, Safetensors> fileOfTensor = new HashMap<>();
    for (String name : weightMap.names()) {
      String shard = weightMap.string(name);
      if (!Path.of(shard).equals(Path.of(shard).getFileName())) {
        throw weightMap.bad(name, "must name a file of the same folder");
      }
      Safetensors file = files.computeIfAbsent(shard, s -> Safetensors.open(dir.resolve(s)));
      if (!file.has(name)) {
        throw new CheckpointException(
            "%s: %s has no tensor %s, which the index places there."
                .formatted(dir.resolve(INDEX), shard, name));
      }
      fileOfTensor.put(name, file);
    }
    return fileOfTensor;
  }

  /** The folder. */
  public Path dir() {
    return dir;
  }

  /** {@code config.json}. */
  public KimiVlConfig config() {
    return config;
  }

  /** {@code generation_config.json}. */
  public GenerationConfig generation() {
    return generation;
  }

  /** The model fingerprint, 64 hexadecimal digits; this package's documentation defines it. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Names of all tensors. */
  public Set<String> names() {
    return Collections.unmodifiableSet(
        weights != null ? weights.header().tensors().keySet() : fileOfTensor.keySet());
  }

  /** Whether there is such a tensor. */
  public boolean has(String name) {
    return weights != null ? weights.has(name) : fileOfTensor.containsKey(name);
  }

  /** Whether the weights are packed, in a weights file. */
  public boolean isConverted() {
    return weights != null;
  }

  /** The weights file, or null. */
  public WeightsFile weights() {
    return weights;
  }

  /**
   * Checks that every tensor of the configuration is there in its shape.
   *
   * @throws CheckpointException naming the first that is not
   */
  public void requireAll() {
    for (TensorCatalog.Entry entry : TensorCatalog.of(config)) {
      require(entry.name(), entry.shape());
    }
  }

  /** Some values of a tensor of a safetensors file; see {@link TensorRows#read}. */
  public void read(String name, long from, int count, float[] target) {
    file(name).floats(name, from, count, target);
  }

  /**
   * All values of a tensor as floats, row-major.
   *
   * @param shape what the configuration asks for
   * @throws CheckpointException if it is missing or has another shape or an integer type
   */
  public float[] floats(String name, int... shape) {
    return weights != null ? weights.floats(name, shape) : require(name, shape).floats(name);
  }

  /** Whether a tensor is stored as BF16 in a safetensors file. */
  public boolean isBf16(String name) {
    return weights == null && file(name).info(name).dtype() == DType.BF16;
  }

  /** All bit patterns of a BF16 tensor, row-major; throws as {@link #floats}. */
  public short[] bf16(String name, int... shape) {
    return require(name, shape).bf16(name);
  }

  /**
   * The weight of a linear layer: packed where it is so, kept as BF16 where it is stored so; throws
   * as {@link #floats}.
   */
  public Matrix matrix(String name, int out, int in) {
    return matrix(name, out, in, out, in);
  }

  /** As {@link #matrix(String, int, int)} for a tensor that has more dimensions in a checkpoint. */
  public Matrix matrix(String name, int out, int in, int... shape) {
    if (weights != null && !weights.isPlain(name)) {
      PackedWeights packed = weights.packed(name, out, in);
      return PackedMatrix.of(packed, DenseProviders.current());
    }
    return isBf16(name)
        ? Matrices.ofBf16(bf16(name, shape), out, in)
        : Matrices.ofFloats(floats(name, shape), out, in);
  }

  private Safetensors require(String name, int... shape) {
    Safetensors file = file(name);
    TensorInfo info = file.info(name);
    if (!info.hasShape(shape)) {
      throw new CheckpointException(
          "%s: tensor %s has shape %s, expected %s by the configuration."
              .formatted(file.file(), name, info.shape(), Arrays.toString(shape)));
    }
    if (!info.dtype().isWeight()) {
      throw new CheckpointException(
          "%s: tensor %s is of type %s, expected F32, F16 or BF16."
              .formatted(file.file(), name, info.dtype()));
    }
    return file;
  }

  private Safetensors file(String name) {
    Safetensors file = fileOfTensor.get(name);
    if (file == null) {
      throw new CheckpointException(dir + " has no tensor " + name + ".");
    }
    return file;
  }

  /** Closes the files; arrays and matrices made of them stay valid. */
  @Override
  public void close() {
    if (weights != null) {
      weights.close();
    }
    files.values().forEach(Safetensors::close);
  }
}
