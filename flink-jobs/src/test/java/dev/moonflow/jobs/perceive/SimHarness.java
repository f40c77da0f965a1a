package dev.moonflow.jobs.perceive;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * Flink's harness of one keyed operator, made cheap: thousands are opened in a minute, and each of
 * Flink's own makes threads and folders for spilling, which nothing here does.
 */
final class SimHarness<I, O> extends OneInputStreamOperatorTestHarness<I, O> {
  static final int MAX_PARALLELISM = 16;

  private static final IOManagerAsync SHARED =
      new IOManagerAsync() {
        @Override
        public void close() {
          // Outlives the harnesses.
        }
      };

  SimHarness(
      OneInputStreamOperatorFactory<I, O> factory,
      KeySelector<I, String> key,
      int parallelism,
      int subtask)
      throws Exception {
    super(factory, environment(parallelism, subtask));
    setKey(key);
  }

  SimHarness(
      OneInputStreamOperator<I, O> operator,
      KeySelector<I, String> key,
      int parallelism,
      int subtask)
      throws Exception {
    super(operator, environment(parallelism, subtask));
    setKey(key);
  }

  private void setKey(KeySelector<I, String> key) {
    config.setStatePartitioner(0, key);
    config.setStateKeySerializer(
        Types.STRING.createSerializer(executionConfig.getSerializerConfig()));
    config.serializeAllConfigs();
  }

  private static MockEnvironment environment(int parallelism, int subtask) {
    return new MockEnvironmentBuilder()
        .setTaskName("simulated")
        .setManagedMemorySize(1 << 20)
        .setBufferSize(1024)
        .setMaxParallelism(MAX_PARALLELISM)
        .setParallelism(parallelism)
        .setSubtaskIndex(subtask)
        .setIOManager(SHARED)
        .build();
  }

  int stateEntries() {
    CheckpointableKeyedStateBackend<?> backend =
        (CheckpointableKeyedStateBackend<?>) getOperator().getKeyedStateBackend();
    return ((HeapKeyedStateBackend<?>) backend).numKeyValueStateEntries();
  }
}
