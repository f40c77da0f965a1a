package dev.moonflow.training.distributed;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Which rank of which group a process is.
 *
 * @param rank 0 to ranks - 1
 * @param ranks processes in the group
 * @param rendezvous where they meet
 * @param address local address for the connections between ranks
 * @param timeout longest wait for the others in one collective
 */
public record RankPlace(
    int rank, int ranks, Rendezvous rendezvous, String address, Duration timeout) {
  /** More than this on Gloo's full mesh of connections is a mistake. */
  private static final int RANKS_MAX = 1024;

  static final String RANK = "MOONFLOW_RANK";
  static final String RANKS = "MOONFLOW_RANKS";
  static final String RENDEZVOUS = "MOONFLOW_RENDEZVOUS";
  static final String ADDRESS = "MOONFLOW_RANK_ADDRESS";
  static final String TIMEOUT_SECONDS = "MOONFLOW_RANK_TIMEOUT_SECONDS";

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  public RankPlace {
    if (ranks < 1 || ranks > RANKS_MAX || rank < 0 || rank >= ranks) {
      throw new IllegalArgumentException("rank " + rank + " of " + ranks + " ranks cannot be");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the time-out of a collective must be positive");
    }
  }

  /** On this machine's loopback address, with five minutes for each collective. */
  public RankPlace(int rank, int ranks, Rendezvous rendezvous) {
    this(rank, ranks, rendezvous, LOOPBACK, TIMEOUT);
  }

  /**
   * What the launcher, or an operator on several machines, has set in the environment; empty where
   * {@code MOONFLOW_RANK} is not set.
   *
   * @throws IllegalArgumentException naming a variable that is missing or no number
   */
  public static Optional<RankPlace> fromEnvironment(Map<String, String> environment) {
    if (!environment.containsKey(RANK)) {
      return Optional.empty();
    }
    return Optional.of(
        new RankPlace(
            number(environment, RANK, null),
            number(environment, RANKS, null),
            Rendezvous.parse(environment.getOrDefault(RENDEZVOUS, "")),
            environment.getOrDefault(ADDRESS, LOOPBACK),
            Duration.ofSeconds(number(environment, TIMEOUT_SECONDS, (int) TIMEOUT.toSeconds()))));
  }

  /** The same as environment variables. */
  Map<String, String> toEnvironment() {
    return Map.of(
        RANK, Integer.toString(rank),
        RANKS, Integer.toString(ranks),
        RENDEZVOUS, rendezvous.toString(),
        ADDRESS, address,
        TIMEOUT_SECONDS, Long.toString(Math.max(1, timeout.toSeconds())));
  }

  private static int number(Map<String, String> environment, String name, Integer otherwise) {
    String value = environment.get(name);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "environment variable " + name + " should be a number, not " + value, e);
    }
  }
}
