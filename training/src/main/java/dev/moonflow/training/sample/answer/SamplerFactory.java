package dev.moonflow.training.sample.answer;

import java.io.Serializable;

/** Opens a sampler where a job's subtask runs. */
public interface SamplerFactory extends Serializable {
  /**
   * A sampler of the caller's own; close it.
   *
   * @throws dev.moonflow.training.sample.SampleException if the model cannot be used
   */
  AnswerSampler open();

  /**
   * Everything but example, number and seed that decides what is answered: samplers of equal
   * identity answer alike.
   *
   * @throws dev.moonflow.training.sample.SampleException if the model is not there
   */
  String identity();
}
