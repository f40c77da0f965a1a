package dev.moonflow.training.experiment;

import dev.moonflow.training.distributed.RankGroup;
import dev.moonflow.training.distributed.RankLauncher;
import dev.moonflow.training.distributed.RankPlace;
import dev.moonflow.training.distributed.ZeroOneOptimizer;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.optimizer.OptimizerSettings;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** One rank of {@link ShardingExperiment}: a few updates with made-up gradients. */
final class ShardingRank {
  private static final int STEPS = 3;

  private ShardingRank() {}

  /** One line per method into {@code FOLDER/RANK}: method, state bytes, bytes sent per step. */
  public static void main(String[] arguments) throws IOException {
    RankLauncher.endWithLauncher();
    Ops.threads(1);
    RankPlace place = RankPlace.fromEnvironment(System.getenv()).orElseThrow();
    List<String> lines = new ArrayList<>();
    OptimizerSettings muon = OptimizerSettings.standard();
    try (RankGroup group = RankGroup.join(place)) {
      lines.add(measure("AdamW", group, OptimizerSettings.adamwOnly(), ScalarType.BFloat16));
      lines.add(measure("Muon, gather in bfloat16", group, muon, ScalarType.BFloat16));
      lines.add(measure("Muon, gather in float32", group, muon, ScalarType.Float));
    }
    Files.write(Path.of(arguments[0], Integer.toString(place.rank())), lines);
  }

  private static String measure(
      String method, RankGroup group, OptimizerSettings settings, ScalarType format) {
    ComparisonPlan plan = ComparisonPlan.documented();
    try (TrainableKimiVl model = TrainableKimiVl.create(plan.model(), plan.seed(), Precision.F32)) {
      Parameters parameters = model.parameters();
      parameters.trainOnly(
          name -> name.startsWith("language_model.") && !name.endsWith("e_score_correction_bias"));
      try (ZeroOneOptimizer optimizer = new ZeroOneOptimizer(parameters, settings, group, format)) {
        for (int step = 0; step < STEPS; step++) {
          gradients(parameters, new SplittableRandom(31L * step + group.rank()));
          group.traffic().clear();
          optimizer.step(1e-3);
        }
        return method + ";" + optimizer.stateBytes() + ";" + group.traffic().total();
      }
    }
  }

  private static void gradients(Parameters parameters, SplittableRandom random) {
    for (String name : parameters.trainedNames()) {
      Tensor parameter = parameters.get(name);
      float[] values = new float[(int) parameter.numel()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextDouble() - 0.5);
      }
      parameter.mutable_grad().put(Tensors.of(values, ScalarType.Float, parameter.shape()));
    }
  }
}
