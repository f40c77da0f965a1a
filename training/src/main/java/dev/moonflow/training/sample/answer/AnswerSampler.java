package dev.moonflow.training.sample.answer;

import dev.moonflow.training.sample.Sample;
import java.util.List;

/** Gives answers to the questions of examples: a model, or a stand-in. */
@FunctionalInterface
public interface AnswerSampler extends AutoCloseable {
  /**
   * Several answers to each example's conversation up to its last turn of the assistant.
   *
   * @param samples examples with a turn of the user
   * @param count answers to each
   * @param seed equal seeds give equal answers, whatever else is asked at the same time
   * @return for each example in order its answers, or why it has none
   */
  List<Sampled> answers(List<Sample> samples, int count, long seed);

  /** Lets go of the model, if there is one. */
  @Override
  default void close() {}
}
