package dev.moonflow.jobs.perceive;

import java.util.ArrayList;
import java.util.List;

/** The transactions of a simulated job's sinks, and what a reader of committed records sees. */
final class SimSink {
  final List<SimOutput> committed = new ArrayList<>();
  private final List<Transaction> prepared = new ArrayList<>();
  private final SimBug bug;

  private record Transaction(long checkpoint, List<SimOutput> records) {}

  SimSink(SimBug bug) {
    this.bug = bug;
  }

  /** A task's transaction is ready with its snapshot. */
  void prepare(long checkpoint, List<SimOutput> records) {
    if (bug.commitsEarly()) {
      committed.addAll(records);
    } else if (!records.isEmpty()) {
      prepared.add(new Transaction(checkpoint, records));
    }
  }

  /** A checkpoint failed: its transactions go with the next one. */
  void abort(long checkpoint) {
    if (bug.repeatsAborted()) {
      List<Transaction> again =
          prepared.stream().filter(t -> t.checkpoint() == checkpoint).toList();
      prepared.addAll(again);
    }
  }

  boolean canCommit(long completed) {
    return prepared.stream().anyMatch(t -> t.checkpoint() <= completed);
  }

  /** Commits the oldest transaction of a completed checkpoint. */
  void commitOne(long completed) {
    Transaction next =
        prepared.stream().filter(t -> t.checkpoint() <= completed).findFirst().orElseThrow();
    prepared.remove(next);
    committed.addAll(next.records());
  }

  /** The job comes back from a checkpoint after a crash. */
  void recover(long completed) {
    while (bug.recovers() && canCommit(completed)) {
      commitOne(completed);
    }
    prepared.clear();
  }
}
