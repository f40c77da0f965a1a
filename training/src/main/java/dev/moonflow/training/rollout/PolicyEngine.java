package dev.moonflow.training.rollout;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.engine.ContinuousBatchingEngine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.training.sample.SampleException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A policy's checkpoint folder in the product's own engine. All answers share its batches; what is
 * drawn depends on weights, prompt and seed alone. One thread.
 */
public final class PolicyEngine implements AutoCloseable {
  private final Kernels kernels;
  private final KimiVl model;
  private final EngineLimits limits;

  private PolicyEngine(Kernels kernels, KimiVl model, EngineLimits limits) {
    this.kernels = kernels;
    this.model = model;
    this.limits = limits;
  }

  /**
   * Loads a folder.
   *
   * @throws dev.moonflow.model.checkpoint.CheckpointException if it cannot be used
   */
  public static PolicyEngine load(Path folder, EngineLimits limits) {
    Kernels kernels = Kernels.open(DeviceChoice.CPU);
    try {
      return new PolicyEngine(kernels, KimiVl.load(folder, kernels), limits);
    } catch (RuntimeException e) {
      kernels.close();
      throw e;
    }
  }

  /** The loaded model. */
  public KimiVl model() {
    return model;
  }

  /**
   * Draws k answers to each prompt.
   *
   * @return [prompts][k]
   * @throws SampleException naming a prompt that can never be computed
   */
  public DrawnAnswer[][] draw(List<Prompt> prompts, Drawing drawing) {
    List<Drawn> drawn = draw(prompts.size(), prompts::get, drawing);
    DrawnAnswer[][] answers = new DrawnAnswer[drawn.size()][];
    for (int p = 0; p < answers.length; p++) {
      if (drawn.get(p) instanceof Drawn.Refused refused) {
        throw new SampleException(refused.reason());
      }
      answers[p] = ((Drawn.Answers) drawn.get(p)).all().toArray(new DrawnAnswer[0]);
    }
    return answers;
  }

  /**
   * Draws k answers to each prompt that can be computed.
   *
   * @param prompts asked for once each, in order, when their answers begin; a {@link
   *     SampleException} refuses that prompt alone
   * @return in the order of the prompts
   */
  public List<Drawn> draw(int count, IntFunction<Prompt> prompts, Drawing drawing) {
    try (ContinuousBatchingEngine engine = model.newEngine(limits)) {
      return new DrawLoop(model, engine, count, prompts, drawing).run(limits.maxRunning());
    }
  }

  /** log p(tokens | prompt) of an answer, by the engine's own arithmetic. */
  public double logProbability(Prompt prompt, DrawnAnswer answer) {
    return new AnswerScorer(model).logProbability(prompt, answer);
  }

  @Override
  public void close() {
    kernels.close();
  }
}
