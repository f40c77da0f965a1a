package dev.moonflow.jobs.demo;

import dev.moonflow.jobs.cli.results.OutputRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts results against what must come: each expected one exactly once, and nothing else. Safe for
 * use by several threads.
 */
public final class Tally {
  private final Set<String> expected;
  private final Map<String, Integer> seen = new HashMap<>();
  private int deadLetters;
  private long tokens;

  /** A tally of these keys, see {@link OutputRow#key}. */
  public Tally(Set<String> expected) {
    this.expected = Set.copyOf(expected);
  }

  /** Counts a result. */
  public synchronized void add(OutputRow row) {
    tokens += row.tokens();
    if (row.dead()) {
      deadLetters++;
    } else {
      seen.merge(row.key(), 1, Integer::sum);
    }
  }

  /** Results that must come. */
  public int expected() {
    return expected.size();
  }

  /** Expected results that have come, each counted once. */
  public synchronized int answered() {
    return (int) expected.stream().filter(seen::containsKey).count();
  }

  /** Expected results that have not come. */
  public synchronized int lost() {
    return expected.size() - answered();
  }

  /** Results that came more often than once. */
  public synchronized int doubled() {
    return seen.values().stream().mapToInt(n -> n - 1).sum();
  }

  /** Results that nobody asked for. */
  public synchronized int unexpected() {
    return (int) seen.keySet().stream().filter(key -> !expected.contains(key)).count();
  }

  /** Events that could not be processed. */
  public synchronized int deadLetters() {
    return deadLetters;
  }

  /** Tokens generated for all results. */
  public synchronized long tokens() {
    return tokens;
  }

  /** Whether nothing more is to come: every result is there, or some event has died. */
  public synchronized boolean settled() {
    return lost() == 0 || deadLetters > 0;
  }

  /** Whether every result came exactly once and nothing else did. */
  public synchronized boolean exact() {
    return lost() == 0 && doubled() == 0 && unexpected() == 0 && deadLetters == 0;
  }
}
