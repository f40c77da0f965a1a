package dev.moonflow.jobs.perceive;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * A fault to plant into a simulated job: this class has none, each subclass overrides one method
 * with something that a hurried change could make of it. Those of the first half are parts of the
 * operator; those of the second are what surrounds it.
 */
class SimBug {
  /** A job as it should be. */
  static final SimBug NONE = new SimBug();

  PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
    return new PerceiveState(store, backend);
  }

  RequestLine line() {
    return new RequestLine();
  }

  SimEngine engine(SimEngine engine) {
    return engine;
  }

  PerceiveOperator operator(
      StreamOperatorParameters<Perceived> parameters,
      PerceiveSettings settings,
      ModelLoader loader,
      MailboxExecutor mailbox,
      PerceiveParts parts) {
    return new PerceiveOperator(parameters, settings, loader, mailbox, parts);
  }

  KeyedProcessFunction<String, Perceived, String> documents() {
    return new SimDocuments();
  }

  /** Mails that run between the snapshot and the barrier that leaves behind it. */
  int mailsBeforeBarrier() {
    return 0;
  }

  /** How far a source's position in a checkpoint is from where it is. */
  int positionError() {
    return 0;
  }

  /** Whether transactions are committed with the snapshot, not with the checkpoint. */
  boolean commitsEarly() {
    return false;
  }

  /** Whether a restore commits what the checkpoint had prepared. */
  boolean recovers() {
    return true;
  }

  /** Whether a crash aborts what was written since the last checkpoint. */
  boolean aborts() {
    return true;
  }

  /** Whether a failed checkpoint's output is written again with the next one. */
  boolean repeatsAborted() {
    return false;
  }

  /** The subtask whose part of state a subtask restores. */
  int partOf(int subtask, int parallelism) {
    return subtask;
  }

  /** Whether a barrier waits for those of the other inputs. */
  boolean aligns() {
    return true;
  }

  /** Whether the elements that an unaligned barrier overtook are kept. */
  boolean keepsOvertaken() {
    return true;
  }

  /** Whether an input's watermark waits for those of the others. */
  boolean joinsWatermarks() {
    return true;
  }

  @Override
  public String toString() {
    return getClass() == SimBug.class ? "no bug" : getClass().getSimpleName();
  }
}
