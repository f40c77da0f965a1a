package dev.moonflow.training.distributed;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.optimizer.OptimizerSettings;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What the tests run in each rank. Starting a rank costs seconds, so one start does many things.
 */
final class RankMain {
  static final int STEPS = 4;
  static final int STEPS_BEFORE_SAVE = 2;
  static final int STOPPED = 3;
  static final int KILLED = 9;
  static final double RATE = 0.02;

  private RankMain() {}

  public static void main(String[] arguments) throws Exception {
    RankLauncher.endWithLauncher();
    Ops.threads(1);
    RankPlace place = RankPlace.fromEnvironment(System.getenv()).orElseThrow();
    try (RankGroup group = RankGroup.join(place)) {
      switch (arguments[0]) {
        case "work" -> work(group, Path.of(arguments[1]));
        case "resume" -> resume(group, Path.of(arguments[1]), Path.of(arguments[2]));
        case "die" -> die(group);
        case "hang" -> hang(group);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (CollectiveException e) {
      System.out.println("STOPPED " + e.getMessage());
      System.out.flush();
      Runtime.getRuntime().halt(STOPPED);
    }
  }

  /** Every collective, then training in three ways. */
  private static void work(RankGroup group, Path folder) throws IOException {
    List<String> facts = new ArrayList<>();
    for (ScalarType type : List.of(ScalarType.Float, ScalarType.Double, ScalarType.BFloat16)) {
      collectives(group, type, facts);
    }
    facts.add("traffic " + group.traffic());
    OptimizerSettings muon = OptimizerSettings.standard();
    train(group, muon, ScalarType.Float, folder.resolve("muon-f32"), facts);
    train(group, muon, ScalarType.BFloat16, folder.resolve("muon-bf16"), facts);
    OptimizerSettings adamw = OptimizerSettings.adamwOnly();
    train(group, adamw, ScalarType.BFloat16, folder.resolve("adamw"), facts);
    Files.write(folder.resolve("facts-" + group.rank()), facts);
  }

  private static void collectives(RankGroup group, ScalarType type, List<String> facts) {
    int n = group.size();
    float own = group.rank() + 1;
    Tensor sum = Tensors.of(new float[] {own, 10 * own}, type, 2);
    group.allReduce(sum);
    facts.add(fact("all-reduce", type, sum));
    float[] line = new float[2 * n];
    for (int i = 0; i < line.length; i++) {
      line[i] = own * (i + 1);
    }
    Tensor shard = Ops.zeros(type, 2);
    group.reduceScatter(shard, Tensors.of(line, type, line.length));
    facts.add(fact("reduce-scatter", type, shard));
    Tensor all = Ops.zeros(type, 2L * n);
    group.allGather(all, Tensors.of(new float[] {own, -own}, type, 2));
    facts.add(fact("all-gather", type, all));
    Tensor told = Tensors.of(new float[] {own}, type, 1);
    group.broadcast(told, n - 1);
    facts.add(fact("broadcast", type, told));
    // Rank r sends r + 1 values to rank 0 and none to the others.
    long[] sent = new long[n];
    sent[0] = group.rank() + 1;
    long[] received = new long[n];
    for (int r = 0; r < n && group.rank() == 0; r++) {
      received[r] = r + 1;
    }
    Tensor in = Ops.zeros(type, Arrays.stream(received).sum());
    group.exchange(in, received, Ops.zeros(type, sent[0]).fill_(new Scalar(own)), sent);
    if (group.rank() == 0) {
      facts.add(fact("exchange", type, in));
    }
    group.barrier();
  }

  private static String fact(String what, ScalarType type, Tensor values) {
    return what + "-" + type.name() + " " + Arrays.toString(Tensors.floats(values));
  }

  private static void train(
      RankGroup group,
      OptimizerSettings settings,
      ScalarType format,
      Path folder,
      List<String> facts)
      throws IOException {
    Files.createDirectories(folder);
    Parameters parameters = ToyModel.parameters();
    String rank = "-" + group.rank() + ".safetensors";
    try (ZeroOneOptimizer optimizer = new ZeroOneOptimizer(parameters, settings, group, format)) {
      for (int step = 1; step <= STEPS; step++) {
        ToyModel.gradients(parameters, step, group.rank(), group.size());
        group.traffic().clear();
        optimizer.step(RATE);
        if (step == STEPS_BEFORE_SAVE) {
          SavedTensors.write(folder.resolve("early-weights" + rank), weights(parameters));
          SavedTensors.write(folder.resolve("early-state" + rank), optimizer.state());
        }
      }
      String run = folder.getFileName().toString();
      facts.add(run + "-state-bytes " + optimizer.stateBytes());
      facts.add(run + "-step-bytes " + group.traffic().total());
      facts.add(run + "-norm " + optimizer.gradientNorm());
      SavedTensors.write(folder.resolve("weights" + rank), weights(parameters));
    }
  }

  private static Map<String, Tensor> weights(Parameters parameters) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    parameters.names().forEach(name -> weights.put(name, parameters.get(name)));
    return weights;
  }

  /** Goes on from the early state of another number of ranks. */
  private static void resume(RankGroup group, Path from, Path to) throws IOException {
    Parameters parameters = ToyModel.parameters();
    SavedTensors.read(from.resolve("early-weights-0.safetensors"))
        .forEach((name, saved) -> parameters.get(name).detach().copy_(saved));
    String rank = "-" + group.rank() + ".safetensors";
    try (ZeroOneOptimizer optimizer =
        new ZeroOneOptimizer(parameters, OptimizerSettings.standard(), group, ScalarType.Float)) {
      optimizer.restore(SavedTensors.union(from, "early-state-"));
      SavedTensors.write(to.resolve("early-state" + rank), optimizer.state());
      for (int step = STEPS_BEFORE_SAVE + 1; step <= STEPS; step++) {
        ToyModel.gradients(parameters, step, group.rank(), group.size());
        optimizer.step(RATE);
      }
    }
    SavedTensors.write(to.resolve("weights" + rank), weights(parameters));
  }

  /** The last rank is gone after the first collective. */
  private static void die(RankGroup group) {
    group.barrier();
    if (group.rank() == group.size() - 1) {
      Runtime.getRuntime().halt(KILLED);
    }
    group.allReduce(Ops.zeros(ScalarType.Float, 1000));
  }

  /** Rank 1 lives but does not come. */
  private static void hang(RankGroup group) throws InterruptedException {
    group.barrier();
    if (group.rank() == 1) {
      Thread.sleep(60_000);
    }
    Tensor all = Ops.zeros(ScalarType.Float, 10L * group.size());
    group.allGather(all, Ops.zeros(ScalarType.Float, 10));
  }
}
