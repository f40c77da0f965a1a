package dev.moonflow.training.rollout;

import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.answer.AnswerSampler;
import dev.moonflow.training.sample.answer.Sampled;
import dev.moonflow.training.sample.answer.SampledAnswer;
import java.util.List;

/**
 * Answers by a checkpoint folder in the product's engine, for the selection of instruction and
 * reasoning data. What is drawn for an example depends on weights, prompt and seed alone, not on
 * what is asked beside it. Closes the engine.
 */
public final class EngineSampler implements AnswerSampler {
  private final PolicyEngine engine;
  private final double temperature;
  private final int maxNewTokens;

  /**
   * A sampler on a loaded engine.
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
  public List<Sampled> answers(List<Sample> samples, int count, long seed) {
    Drawing drawing = new Drawing(count, temperature, maxNewTokens, seed);
    return engine.draw(samples.size(), i -> Prompt.of(samples.get(i)), drawing).stream()
        .map(EngineSampler::sampled)
        .toList();
  }

  private static Sampled sampled(Drawn drawn) {
    if (drawn instanceof Drawn.Refused refused) {
      return new Sampled.Refused(refused.reason());
    }
    return new Sampled.Answers(
        ((Drawn.Answers) drawn)
            .all().stream()
                .map(each -> new SampledAnswer(each.text(), each.tokens().length, each.ended()))
                .toList());
  }

  @Override
  public void close() {
    engine.close();
  }
}
