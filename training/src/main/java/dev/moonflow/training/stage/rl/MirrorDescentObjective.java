package dev.moonflow.training.stage.rl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Tensors;
import dev.moonflow.training.trainer.Loss;
import dev.moonflow.training.trainer.Objective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The surrogate of policy mirror descent over the rollouts of the iteration that is going on. An
 * answer weighs 1, whatever its length; the optimizer forgets at each iteration. The experts'
 * biases stay where they are: rollouts are no sample of the data that they balance.
 */
final class MirrorDescentObjective implements Objective<RolloutBatch> {
  private final TrainableKimiVl model;
  private final RlOptions options;
  private final Iterations iterations;

  MirrorDescentObjective(TrainableKimiVl model, RlOptions options, Iterations iterations) {
    this.model = model;
    this.options = options;
    this.iterations = iterations;
  }

  Iterations iterations() {
    return iterations;
  }

  @Override
  public void beforeStep(long step) {
    iterations.prepare(step);
  }

  @Override
  public boolean forgetsBefore(long step) {
    return options.update(step) == 0;
  }

  @Override
  public Loss loss(RolloutBatch batch, Tape tape, long step) {
    List<Rollout> rollouts = batch.rollouts();
    int n = rollouts.size();
    double[] references = rollouts.stream().mapToDouble(Rollout::reference).toArray();
    double[] advantages = rollouts.stream().mapToDouble(Rollout::advantage).toArray();
    Tensor policy = batch.logProbabilities(model, tape);
    ScalarType type = Ops.type(policy);
    // At an iteration's beginning the policy is the reference. The difference would be rounding
    // alone, and Muon makes a whole update of any gradient that is not exactly zero.
    boolean atReference = options.update(step) == 0;
    Tensor loss =
        MirrorDescent.loss(
            policy,
            atReference ? policy.detach() : Tensors.of(references, type, n),
            Tensors.of(advantages, type, n),
            options.tau());
    return new Loss(
        loss,
        n,
        batch.packed().length(),
        Optional.empty(),
        metrics(rollouts, Tensors.doubles(policy), references));
  }

  /** Sums over the rollouts of a batch. */
  private Map<String, Double> metrics(
      List<Rollout> rollouts, double[] policy, double[] references) {
    Map<String, Double> sums = new LinkedHashMap<>();
    sums.put("mismatch_per_token", iterations.mismatch() * rollouts.size());
    for (int i = 0; i < policy.length; i++) {
      Rollout rollout = rollouts.get(i);
      double ratio = policy[i] - references[i];
      // Drawn from the reference, this is an estimate of KL(pi_i || pi) that is never negative.
      sums.merge("kl", Math.expm1(ratio) - ratio, Double::sum);
      sums.merge("reward", rollout.reward(), Double::sum);
      sums.merge("success", rollout.correct() ? 1.0 : 0, Double::sum);
      sums.merge("answer_tokens", (double) rollout.tokens().length, Double::sum);
      sums.merge("ended", rollout.ended() ? 1.0 : 0, Double::sum);
    }
    return sums;
  }

  @Override
  public String describe(RolloutBatch batch) {
    List<String> names = batch.rollouts().stream().map(Rollout::sample).distinct().toList();
    return "answers to samples " + String.join(", ", names.subList(0, Math.min(8, names.size())));
  }

  @Override
  public JsonNode state() {
    return iterations.state();
  }

  @Override
  public void restore(JsonNode state) {
    iterations.restore(state);
  }
}
