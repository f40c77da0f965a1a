package dev.moonflow.training.data.job;

import dev.moonflow.training.sample.SampleException;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink as data is made on it: batch jobs in this process. */
public final class LocalBatch {
  private LocalBatch() {}

  /**
   * An environment for one job.
   *
   * @param parallelism subtasks of each operator, at least 1
   */
  public static StreamExecutionEnvironment environment(int parallelism) {
    Configuration configuration = new Configuration();
    // Every type has a serializer of its own; Kryo would slip in unnoticed.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    return environment;
  }

  /**
   * Runs what was built.
   *
   * @throws SampleException if it fails, in one sentence
   */
  public static void execute(StreamExecutionEnvironment environment, String name) {
    try {
      environment.execute(name);
    } catch (Exception e) {
      throw JobFailure.sentence(e);
    }
  }
}
