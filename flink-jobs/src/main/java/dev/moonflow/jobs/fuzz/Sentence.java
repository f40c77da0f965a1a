package dev.moonflow.jobs.fuzz;

import java.util.Optional;

/** What a refusal says to the people whose input it refuses. */
final class Sentence {
  private static final int LENGTH_MAX = 1_000;
  private static final int SHAPE_LENGTH = 60;

  private Sentence() {}

  /** The message; of a failure that only names a stage, that of its cause. */
  static String of(Throwable refusal) {
    Throwable cause = refusal.getCause();
    boolean wraps = refusal instanceof dev.moonflow.jobs.ingest.StageException && cause != null;
    return wraps ? cause.getMessage() : refusal.getMessage();
  }

  /** Why a message is no sentence, if it is none. */
  static Optional<String> fault(String message) {
    if (message == null || message.isBlank()) {
      return Optional.of("there is no message");
    }
    if (message.length() > LENGTH_MAX) {
      return Optional.of("the message has " + message.length() + " characters");
    }
    if (message.matches("(?s).*(: null[.,]?|: [.]?)")) {
      return Optional.of("the message tells no reason");
    }
    if (message.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("the message has control characters in it");
    }
    return Optional.empty();
  }

  /** A message without what differs from input to input. */
  static String shape(String message) {
    String plain = message.replaceAll("\"[^\"]*\"?", "\"\"").replaceAll("[0-9]+", "0");
    return plain.substring(0, Math.min(SHAPE_LENGTH, plain.length()));
  }
}
