package dev.moonflow.training.distributed;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.optimizer.GradientNorm;
import dev.moonflow.training.optimizer.GroupPattern;
import dev.moonflow.training.optimizer.MatrixBlock;
import dev.moonflow.training.optimizer.Method;
import dev.moonflow.training.optimizer.Optimizer;
import dev.moonflow.training.optimizer.OptimizerSettings;
import dev.moonflow.training.optimizer.StatePieces;
import dev.moonflow.training.torch.InPlace;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ZeRO-1: Muon and AdamW with their state sharded over the ranks (SPEC section 12.1, package
 * picture). Every rank holds all parameters and calls {@link #step} with the gradients of its own
 * data; the update is that of one process with the mean of the gradients. With one rank it computes
 * the bits of {@link dev.moonflow.training.optimizer.CombinedOptimizer}.
 *
 * <p>A rank's {@link #state} holds its shard as named ranges. {@link #restore} takes what it needs
 * from the union of any number of ranks' maps, or from the map of a single process.
 */
public final class ZeroOneOptimizer implements Optimizer {
  private final Parameters parameters;
  private final RankGroup group;
  private final double gradientNormMax;
  private final List<String> names;
  private final Map<String, Integer> places = new HashMap<>();
  private final ShardedTensors matrices;
  private final ShardedTensors others;
  private final ShardedMuon muon;
  private final ShardedAdamW adamw;
  private double gradientNorm = Double.NaN;

  /**
   * Zero state for the parameters that are trained now; they must be the same on every rank.
   *
   * @param gatherFormat in which parts of matrices travel: bfloat16 as published, or the
   *     parameters' own format
   */
  public ZeroOneOptimizer(
      Parameters parameters, OptimizerSettings settings, RankGroup group, ScalarType gatherFormat) {
    this.parameters = parameters;
    this.group = group;
    this.gradientNormMax = settings.gradientNormMax();
    this.names = settings.updatedNames(parameters);
    Map<String, GroupPattern> groups = new LinkedHashMap<>();
    for (String name : names) {
      places.put(name, places.size());
      groups.put(name, settings.groups().of(name, parameters.get(name).shape()));
    }
    this.matrices = new ShardedTensors(parameters, named(groups, Method.MUON), group);
    this.others = new ShardedTensors(parameters, named(groups, Method.ADAMW), group);
    List<MatrixBlock> blocks = MatrixBlock.of(parameters, settings.groups());
    this.muon = new ShardedMuon(matrices, group, blocks, settings.muon(), gatherFormat);
    this.adamw = new ShardedAdamW(others, settings.adamw(), groups);
  }

  private static List<String> named(Map<String, GroupPattern> groups, Method method) {
    return groups.keySet().stream().filter(name -> groups.get(name).method() == method).toList();
  }

  @Override
  public void step(double learningRate) {
    try (Scope scope = new Scope()) {
      Set<String> live = live();
      Tensor matrixGradient = matrices.meanGradient();
      Tensor otherGradient = others.meanGradient();
      gradientNorm = norm(matrixGradient, otherGradient);
      double factor = GradientNorm.clipFactor(gradientNorm, gradientNormMax);
      if (factor < 1) {
        InPlace.scale(matrixGradient, factor);
        InPlace.scale(otherGradient, factor);
      }
      muon.step(matrixGradient, live, learningRate);
      adamw.step(otherGradient, live, learningRate);
      matrices.gatherParameters();
      others.gatherParameters();
    }
  }

  /** Names that have a gradient on at least one rank. */
  private Set<String> live() {
    float[] defined = new float[names.size()];
    for (int i = 0; i < defined.length; i++) {
      defined[i] = parameters.get(names.get(i)).grad().defined() ? 1 : 0;
    }
    Tensor counts = Tensors.of(defined, ScalarType.Float, defined.length);
    group.allReduce(counts);
    float[] ranks = Tensors.floats(counts);
    Set<String> live = new HashSet<>();
    for (int i = 0; i < ranks.length; i++) {
      if (ranks[i] > 0) {
        live.add(names.get(i));
      }
    }
    return live;
  }

  /** Norm of the mean gradient: squares by parameter from all shards, added in their order. */
  private double norm(Tensor matrixGradient, Tensor otherGradient) {
    double[] squares = new double[names.size()];
    addSquares(squares, matrices, matrixGradient);
    addSquares(squares, others, otherGradient);
    Tensor sums = Tensors.of(squares, ScalarType.Double, squares.length);
    group.allReduce(sums);
    double sum = 0;
    for (double square : Tensors.doubles(sums)) {
      sum += square;
    }
    return Math.sqrt(sum);
  }

  private void addSquares(double[] squares, ShardedTensors tensors, Tensor gradient) {
    for (ShardLayout.Piece piece : tensors.pieces()) {
      squares[places.get(piece.name())] += GradientNorm.squares(ShardedTensors.of(gradient, piece));
    }
  }

  @Override
  public double gradientNorm() {
    return gradientNorm;
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    muon.collect(state);
    adamw.collect(state);
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    StatePieces saved = new StatePieces(state);
    muon.restore(saved);
    adamw.restore(saved);
  }

  @Override
  public long stateBytes() {
    return muon.stateBytes() + adamw.stateBytes();
  }

  @Override
  public void close() {
    muon.close();
    adamw.close();
  }
}
