package dev.moonflow.training.sample.answer;

import dev.moonflow.training.sample.Sample;
import java.util.List;

/** Gives answers to the questions of examples: a model, or a stand-in. */
public interface AnswerSampler {
  /**
   * Several answers to each example's conversation up to its last turn of the assistant.
   *
   * @param samples examples with a turn of the user
   * @param count answers to each
   * @param seed equal seeds give equal answers, whatever else is asked at the same time
   * @return for each example in order its answers in order
   */
  List<List<String>> answers(List<Sample> samples, int count, long seed);
}
