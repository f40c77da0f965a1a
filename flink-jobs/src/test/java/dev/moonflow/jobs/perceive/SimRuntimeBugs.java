package dev.moonflow.jobs.perceive;

import java.util.List;

/**
 * Faults in what surrounds the operator: barriers, sources, sinks, state handed out to subtasks.
 */
final class SimRuntimeBugs {
  private SimRuntimeBugs() {}

  static List<SimBug> all() {
    return List.of(
        new EmitsBeforeTheBarrier(),
        new ReadsOneRecordTwice(),
        new SkipsOneRecord(),
        new CommitsWithTheSnapshot(),
        new ForgetsPreparedTransactions(),
        new DoesNotAbortTransactions(),
        new WritesAbortedCheckpointsAgain(),
        new RestoresAnothersKeyGroups(),
        new DoesNotAlignBarriers(),
        new LosesWhatABarrierOvertook(),
        new FollowsTheFastestWatermark());
  }

  static final class EmitsBeforeTheBarrier extends SimBug {
    @Override
    int mailsBeforeBarrier() {
      return 1;
    }
  }

  static final class ReadsOneRecordTwice extends SimBug {
    @Override
    int positionError() {
      return -1;
    }
  }

  static final class SkipsOneRecord extends SimBug {
    @Override
    int positionError() {
      return 1;
    }
  }

  static final class CommitsWithTheSnapshot extends SimBug {
    @Override
    boolean commitsEarly() {
      return true;
    }
  }

  static final class ForgetsPreparedTransactions extends SimBug {
    @Override
    boolean recovers() {
      return false;
    }
  }

  static final class DoesNotAbortTransactions extends SimBug {
    @Override
    boolean aborts() {
      return false;
    }
  }

  static final class WritesAbortedCheckpointsAgain extends SimBug {
    @Override
    boolean repeatsAborted() {
      return true;
    }
  }

  static final class RestoresAnothersKeyGroups extends SimBug {
    @Override
    int partOf(int subtask, int parallelism) {
      return (subtask + 1) % parallelism;
    }
  }

  static final class DoesNotAlignBarriers extends SimBug {
    @Override
    boolean aligns() {
      return false;
    }
  }

  static final class LosesWhatABarrierOvertook extends SimBug {
    @Override
    boolean keepsOvertaken() {
      return false;
    }
  }

  static final class FollowsTheFastestWatermark extends SimBug {
    @Override
    boolean joinsWatermarks() {
      return false;
    }
  }
}
