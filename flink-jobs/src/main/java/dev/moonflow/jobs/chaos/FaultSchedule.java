package dev.moonflow.jobs.chaos;

import dev.moonflow.jobs.chaos.Fault.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The faults of a run, in order: a function of the seed. Among the kills each target has its share;
 * for every five kills there is a pause, some of them longer than Flink's heartbeat timeout, and
 * for every ten an orderly restart.
 */
final class FaultSchedule {
  private static final int SHARES = 20;
  private static final int LASTING_MS_MAX = 1_500;
  private static final int PAUSE_MS_MAX = 4_000;
  private static final int LONG_PAUSE_MS = 9_000;
  private static final int GAP_MS_MAX = 2_500;

  private FaultSchedule() {}

  /**
   * A schedule.
   *
   * @param kills how many processes are killed
   * @param taskManagers how many there are to choose from
   */
  static List<Fault> of(long seed, int kills, int taskManagers) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    for (Target target : shared(kills)) {
      faults.add(fault(Action.KILL, target, taskManagers, random));
    }
    for (Target target : shared((kills + 4) / 5)) {
      faults.add(fault(Action.PAUSE, target, taskManagers, random));
    }
    for (Target target : shared(kills / 10)) {
      faults.add(fault(Action.RESTART, target, taskManagers, random));
    }
    Collections.shuffle(faults, random);
    return List.copyOf(faults);
  }

  /** So many targets, each with its share of the whole. */
  private static List<Target> shared(int count) {
    List<Target> bag = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int place = (int) ((i + 0.5) * SHARES / count) % SHARES;
      for (Target target : Target.values()) {
        place -= target.share();
        if (place < 0) {
          bag.add(target);
          break;
        }
      }
    }
    return bag;
  }

  private static Fault fault(Action action, Target target, int taskManagers, Random random) {
    int lasting = random.nextInt(LASTING_MS_MAX);
    if (action == Action.PAUSE) {
      boolean expires = random.nextInt(3) == 0;
      lasting = (expires ? LONG_PAUSE_MS : 500) + random.nextInt(PAUSE_MS_MAX);
    }
    return new Fault(
        action,
        target,
        target == Target.TASK_MANAGER ? random.nextInt(taskManagers) : 0,
        Duration.ofMillis(lasting),
        Duration.ofMillis(random.nextInt(GAP_MS_MAX)),
        random.nextInt(4) == 0);
  }
}
