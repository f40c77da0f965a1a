package dev.moonflow.training.distributed;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A list of odd shapes with made-up weights and gradients, the same wherever it is made. */
final class ToyModel {
  private static final int GRADIENTS_PER_STEP = 6;

  private ToyModel() {}

  static Parameters parameters() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("model.embed_tokens.weight", new long[] {11, 7});
    for (int e = 0; e < 5; e++) {
      shapes.put("experts." + e + ".up_proj.weight", new long[] {9, 7});
      shapes.put("experts." + e + ".down_proj.weight", new long[] {7, 9});
    }
    shapes.put("attention.weight", new long[] {21, 13});
    shapes.put("norm.weight", new long[] {7});
    shapes.put("idle.weight", new long[] {5, 3});
    shapes.put("sometimes.weight", new long[] {4, 6});
    shapes.put("gate.e_score_correction_bias", new long[] {4});
    shapes.put("lm_head.weight", new long[] {11, 7});
    Parameters parameters = new Parameters();
    shapes.forEach(
        (name, shape) -> parameters.add(name, Tensors.leaf(random(name.hashCode(), 1, shape))));
    return parameters;
  }

  static Tensor random(long seed, double size, long... shape) {
    long count = 1;
    for (long dimension : shape) {
      count *= dimension;
    }
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (size * (random.nextDouble() - 0.5));
    }
    return Tensors.of(values, ScalarType.Float, shape);
  }

  /**
   * Sets a rank's gradients: the mean of its share of the step's six, so that the mean over ranks
   * is the mean of six. Nobody has one for {@code idle}; only one of the six is for {@code
   * sometimes}.
   */
  static void gradients(Parameters parameters, int step, int rank, int ranks) {
    int each = GRADIENTS_PER_STEP / ranks;
    for (String name : parameters.names()) {
      Tensor parameter = parameters.get(name);
      parameter.mutable_grad().reset();
      if (name.startsWith("idle")) {
        continue;
      }
      float[] sum = null;
      for (int i = rank * each; i < (rank + 1) * each; i++) {
        if (name.startsWith("sometimes") && (i > 0 || step == 2)) {
          continue;
        }
        float[] one =
            Tensors.floats(random(name.hashCode() + 1000L * step + i, 0.1, parameter.shape()));
        sum = sum == null ? new float[one.length] : sum;
        for (int k = 0; k < one.length; k++) {
          sum[k] += one[k] / each;
        }
      }
      if (sum != null) {
        parameter.mutable_grad().put(Tensors.of(sum, ScalarType.Float, parameter.shape()));
      }
    }
  }
}
