package dev.moonflow.jobs.chaos;

import dev.moonflow.jobs.chaos.Fault.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param plan what was to be done
 * @param faults what was struck
 * @param tally what came out
 * @param violations how often each sort was found
 * @param examples the first of them
 * @param recoveries times from faults to results
 * @param tokensComputed tokens that all engines generated, those of killed processes among them
 * @param diedByThemselves servers that ended though nobody struck them
 * @param took from the first server's start to the end
 */
public record ChaosReport(
    ChaosPlan plan,
    List<Fault> faults,
    Checker.Tally tally,
    Map<Violation.Kind, Integer> violations,
    List<Violation> examples,
    RecoveryClock recoveries,
    long tokensComputed,
    int diedByThemselves,
    Duration took) {

  /** Whether nothing was lost, doubled, reordered, changed or invented, and nothing stuck. */
  public boolean clean() {
    return violations.isEmpty();
  }

  /** Processes that were killed. */
  public int kills() {
    return (int) faults.stream().filter(fault -> fault.action() == Action.KILL).count();
  }

  /** Records that came out as they must. */
  public int records() {
    return tally.results();
  }

  /** Tokens computed for each token that came out. */
  public double redoRatio() {
    return (double) tokensComputed / tally.tokens();
  }

  /** The report, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        say(
            "seed %d: %d events (%d dead letters), %d faults, %.0f s",
            plan.seed(),
            tally.events(),
            tally.deadLetters(),
            faults.size(),
            took.toMillis() / 1e3));
    for (Action action : Action.values()) {
      for (Target target : Target.values()) {
        long[] times = recoveries.millis(action, target);
        if (times.length > 0) {
          lines.add(recovery(action.label() + " of " + target.label(), times));
        }
      }
    }
    long[] kills = recoveries.millis(Action.KILL, null);
    if (kills.length > 0) {
      lines.add(recovery("all kills", kills));
    }
    lines.add(
        say(
            "redo ratio %.3f (%d tokens computed, %d in results)",
            redoRatio(), tokensComputed, tally.tokens()));
    if (diedByThemselves > 0) {
      lines.add(say("%d servers ended by themselves and were started again", diedByThemselves));
    }
    for (Violation.Kind kind : Violation.Kind.values()) {
      lines.add(
          say("%-9s %d", kind.name().toLowerCase(Locale.ROOT), violations.getOrDefault(kind, 0)));
    }
    examples.forEach(example -> lines.add("  " + example));
    return lines;
  }

  private static String recovery(String what, long[] times) {
    return say(
        "%-24s %4d   next committed result after p50 %.1f s, max %.1f s",
        what, times.length, RecoveryClock.median(times) / 1e3, RecoveryClock.max(times) / 1e3);
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
