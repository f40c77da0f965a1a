package dev.moonflow.training.optimizer;

import dev.moonflow.training.network.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Muon for the matrices and AdamW for the rest, in one process; the gradient is clipped by its
 * whole norm first. It holds state for the parameters that are trained when it is made.
 */
public final class CombinedOptimizer implements Optimizer {
  private final Parameters parameters;
  private final List<String> names;
  private final double gradientNormMax;
  private final Muon muon;
  private final AdamW adamw;
  private double gradientNorm = Double.NaN;

  /** Zero state for the trained parameters. */
  public CombinedOptimizer(Parameters parameters, OptimizerSettings settings) {
    this.parameters = parameters;
    this.names = settings.updatedNames(parameters);
    this.gradientNormMax = settings.gradientNormMax();
    this.muon = new Muon(parameters, settings.groups(), settings.muon());
    this.adamw = new AdamW(parameters, settings.groups(), settings.adamw());
  }

  @Override
  public void step(double learningRate) {
    gradientNorm = GradientNorm.of(parameters, names);
    double factor = GradientNorm.clipFactor(gradientNorm, gradientNormMax);
    if (factor < 1) {
      GradientNorm.scale(parameters, names, factor);
    }
    muon.step(learningRate);
    adamw.step(learningRate);
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
    return state().values().stream().mapToLong(t -> t.numel() * t.element_size()).sum();
  }

  @Override
  public void close() {
    muon.close();
    adamw.close();
  }
}
