package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.TensorCatalog;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * First weights of a model that starts from nothing. Each tensor is drawn from its own generator,
 * keyed by seed and name, so adding a tensor changes no other.
 *
 * <p>Matrices: normal with variance 1 / (3 in), the spread of the usual uniform rule; those that
 * write to the residual stream divided by sqrt(2 layers), so that its variance does not grow with
 * depth. Embeddings and the position table: normal, 0.02. Norm weights 1; biases 0. The papers do
 * not state theirs.
 */
public final class Initialization {
  private static final double EMBEDDING_STD = 0.02;
  private static final List<String> RESIDUAL =
      List.of(".wo.weight", ".fc1.weight", ".o_proj.weight", ".down_proj.weight");

  private Initialization() {}

  /** All parameters of a configuration. */
  static Parameters draw(KimiVlConfig config, long seed, Precision precision) {
    Parameters parameters = new Parameters();
    for (TensorCatalog.Entry entry : TensorCatalog.of(config)) {
      boolean vision = entry.name().startsWith("vision_tower.");
      int layers = vision ? config.vision().layers() : config.text().layers();
      parameters.add(entry.name(), draw(entry.name(), entry.shape(), layers, seed, precision));
    }
    return parameters;
  }

  /**
   * One tensor of a transformer, by the rules of this class.
   *
   * @param name decides the rule and, with the seed, the draws
   * @param layers depth of the stack that it belongs to
   */
  public static Tensor draw(String name, int[] shape, int layers, long seed, Precision precision) {
    long count = 1;
    for (int dimension : shape) {
      count *= dimension;
    }
    float[] values = new float[Math.toIntExact(count)];
    fill(values, name, shape, layers, new SplittableRandom(mixed(seed, name)));
    long[] wide = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      wide[i] = shape[i];
    }
    boolean trained = !name.endsWith("e_score_correction_bias");
    return Tensors.of(values, precision.storage(), wide).set_requires_grad(trained);
  }

  private static void fill(
      float[] values, String name, int[] shape, int layers, SplittableRandom random) {
    if (name.endsWith("bias")) {
      return;
    }
    if (shape.length == 1) {
      Arrays.fill(values, 1f);
      return;
    }
    double std = EMBEDDING_STD;
    if (!name.endsWith("embed_tokens.weight") && !name.endsWith("pos_emb.weight")) {
      int in = 1;
      for (int i = 1; i < shape.length; i++) {
        in *= shape[i];
      }
      std = Math.sqrt(1.0 / (3.0 * in));
      if (RESIDUAL.stream().anyMatch(name::endsWith)) {
        std /= Math.sqrt(2.0 * layers);
      }
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (std * random.nextGaussian());
    }
  }

  /**
   * FNV-1a of the seed's bytes and the name, mixed: SplittableRandom gives one stream, shifted, for
   * starts that differ by a multiple of its constant.
   */
  private static long mixed(long seed, String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < Long.SIZE; i += Byte.SIZE) {
      hash = (hash ^ (seed >>> i & 0xff)) * 0x100000001b3L;
    }
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    return hash ^ (hash >>> 31);
  }
}
