package dev.moonflow.jobs.chaos;

import java.time.Duration;

/**
 * One fault of a schedule.
 *
 * @param action what is done
 * @param target to what
 * @param index which of several, from 0
 * @param lasting how long the target is away before it is started again, or goes on
 * @param gap between the fault before this one, or the recovery from it, and this one
 * @param hasty whether the gap begins at the fault before, and not when it has been recovered from
 */
record Fault(
    Action action, Target target, int index, Duration lasting, Duration gap, boolean hasty) {

  /** What can be done to a process. */
  enum Action {
    /** {@code kill -9}. */
    KILL("kill -9"),
    /** {@code SIGSTOP}, and later {@code SIGCONT}. */
    PAUSE("SIGSTOP"),
    /** {@code SIGTERM}, as an operator restarts a server. */
    RESTART("restart");

    private final String label;

    Action(String label) {
      this.label = label;
    }

    /** Its name in the log. */
    String label() {
      return label;
    }
  }

  @Override
  public String toString() {
    String which = target == Target.TASK_MANAGER ? " " + (index + 1) : "";
    return action.label()
        + " of "
        + target.label()
        + which
        + ", away "
        + lasting.toMillis()
        + " ms, "
        + gap.toMillis()
        + " ms after the "
        + (hasty ? "fault" : "recovery")
        + " before";
  }
}
