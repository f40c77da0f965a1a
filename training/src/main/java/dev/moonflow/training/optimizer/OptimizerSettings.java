package dev.moonflow.training.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.moonflow.training.network.Parameters;
import java.util.List;

/**
 * Everything about the updates but the learning rate.
 *
 * @param muon rule of the matrices
 * @param adamw rule of the rest
 * @param groups which tensor is which
 * @param gradientNormMax the gradient is scaled down to this norm; 0 for no limit
 */
public record OptimizerSettings(
    MuonRule muon, AdamWRule adamw, ParameterGroups groups, double gradientNormMax) {

  public OptimizerSettings {
    if (!(gradientNormMax >= 0)) {
      throw new IllegalArgumentException("the largest gradient norm must not be negative");
    }
  }

  /** Muon and AdamW as published, products in float32, gradients clipped at 1. */
  public static OptimizerSettings standard() {
    return of(null, null, null, null);
  }

  /** AdamW alone, gradients clipped at 1. */
  public static OptimizerSettings adamwOnly() {
    return of(null, null, ParameterGroups.adamwOnly(), null);
  }

  /** As a recipe has it: what is left out is standard. */
  @JsonCreator
  static OptimizerSettings of(
      @JsonProperty("muon") MuonRule muon,
      @JsonProperty("adamw") AdamWRule adamw,
      @JsonProperty("groups") ParameterGroups groups,
      @JsonProperty("gradientNormMax") Double gradientNormMax) {
    return new OptimizerSettings(
        muon == null ? MuonRule.published(NewtonSchulz.Format.F32) : muon,
        adamw == null ? AdamWRule.published() : adamw,
        groups == null ? ParameterGroups.standard() : groups,
        gradientNormMax == null ? 1 : gradientNormMax);
  }

  /** An optimizer of one process for the parameters that are trained now. */
  public Optimizer create(Parameters parameters) {
    return new CombinedOptimizer(parameters, this);
  }

  /** Names of the trained parameters that an optimizer moves, in their order. */
  public List<String> updatedNames(Parameters parameters) {
    return parameters.trainedNames().stream()
        .filter(name -> groups.of(name, parameters.get(name).shape()).method() != Method.FIXED)
        .toList();
  }
}
