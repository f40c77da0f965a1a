package dev.moonflow.training.stage.rl;

import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.rollout.Drawing;
import dev.moonflow.training.rollout.DrawnAnswer;
import dev.moonflow.training.rollout.PolicyEngine;
import dev.moonflow.training.rollout.Prompt;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.stage.StageContext;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the rollouts of an iteration: draws with the product's engine, checks, rewards, and takes
 * the log-probabilities of the reference, which the policy is at that moment.
 */
final class RolloutMaker {
  private final StageContext context;
  private final RlOptions options;
  private final RolloutPacker packer;

  RolloutMaker(StageContext context, RlOptions options, RolloutPacker packer) {
    this.context = context;
    this.options = options;
    this.packer = packer;
  }

  /**
   * The rollouts of the exported policy.
   *
   * @param prompts of the iteration, in order
   * @param seed of the draws
   */
  List<Rollout> make(PolicyEngine engine, List<Sample> prompts, double lengthWeight, long seed) {
    Drawing drawing =
        new Drawing(options.answers(), options.temperature(), options.maxNewTokens(), seed);
    List<Prompt> asked = prompts.stream().map(Prompt::of).toList();
    DrawnAnswer[][] answers = engine.draw(asked, drawing);
    List<Rollout> rollouts = new ArrayList<>();
    for (int p = 0; p < answers.length; p++) {
      rollouts.addAll(rewarded(prompts.get(p), answers[p], lengthWeight));
    }
    double[] references = references(rollouts);
    List<Rollout> finished = new ArrayList<>();
    for (int i = 0; i < references.length; i++) {
      Rollout rollout = rollouts.get(i);
      double mismatch = Double.NaN;
      if (i % options.answers() == 0 && i / options.answers() < options.scored()) {
        int p = i / options.answers();
        double drawn = engine.logProbability(asked.get(p), answers[p][0]);
        mismatch = Math.abs(drawn - references[i]) / rollout.tokens().length;
      }
      finished.add(rollout.withReference(references[i], mismatch));
    }
    return finished;
  }

  /** The answers to one prompt with their rewards and advantages. */
  private List<Rollout> rewarded(Sample sample, DrawnAnswer[] answers, double lengthWeight) {
    int[] lengths = new int[answers.length];
    boolean[] correct = new boolean[answers.length];
    for (int j = 0; j < answers.length; j++) {
      lengths[j] = answers[j].tokens().length;
      correct[j] = answers[j].isRight(sample);
    }
    double[] shortness = LengthReward.of(lengths, correct);
    double[] rewards = new double[answers.length];
    for (int j = 0; j < answers.length; j++) {
      rewards[j] = (correct[j] ? 1 : 0) + lengthWeight * shortness[j];
    }
    double[] advantages = MirrorDescent.advantages(rewards);
    List<Rollout> rollouts = new ArrayList<>();
    for (int j = 0; j < answers.length; j++) {
      DrawnAnswer answer = answers[j];
      rollouts.add(
          new Rollout(
              sample.id(),
              answer.prompt(),
              answer.tokens(),
              answer.text(),
              answer.ended(),
              correct[j],
              rewards[j],
              advantages[j],
              Double.NaN,
              Double.NaN));
    }
    return rollouts;
  }

  private double[] references(List<Rollout> rollouts) {
    double[] references = new double[rollouts.size()];
    int at = 0;
    for (RolloutBatch batch : packer.pack(rollouts)) {
      double[] values = logProbabilities(context.model(), batch);
      System.arraycopy(values, 0, references, at, values.length);
      at += values.length;
    }
    return references;
  }

  @SuppressWarnings("try")
  private static double[] logProbabilities(TrainableKimiVl model, RolloutBatch batch) {
    try (Scope scope = new Scope();
        NoGradient off = new NoGradient()) {
      return Tensors.doubles(batch.logProbabilities(model, new Tape(false)));
    }
  }
}
