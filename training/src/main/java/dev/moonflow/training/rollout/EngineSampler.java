package dev.moonflow.training.rollout;

import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.answer.AnswerSampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Answers by a checkpoint folder in the product's engine, for the selection of instruction and
 * reasoning data. What is drawn for an example depends on weights, prompt and seed alone, not on
 * what is asked beside it.
 */
public final class EngineSampler implements AnswerSampler {
  private final PolicyEngine engine;
  private final double temperature;
  private final int maxNewTokens;

  /**
   * A sampler on a loaded engine, which stays the caller's.
   *
   * @param temperature above 0 where more than one answer is wanted
   * @param maxNewTokens tokens of an answer at most
   */
  public EngineSampler(PolicyEngine engine, double temperature, int maxNewTokens) {
    this.engine = engine;
    this.temperature = temperature;
    this.maxNewTokens = maxNewTokens;
  }

  @Override
  public List<List<String>> answers(List<Sample> samples, int count, long seed) {
    List<Prompt> prompts = samples.stream().map(Prompt::of).toList();
    DrawnAnswer[][] drawn =
        engine.draw(prompts, new Drawing(count, temperature, maxNewTokens, seed));
    List<List<String>> answers = new ArrayList<>();
    for (DrawnAnswer[] each : drawn) {
      answers.add(Arrays.stream(each).map(DrawnAnswer::text).toList());
    }
    return answers;
  }
}
