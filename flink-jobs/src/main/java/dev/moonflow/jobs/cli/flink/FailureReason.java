package dev.moonflow.jobs.cli.flink;

import org.apache.flink.util.SerializedThrowable;

/** Why a Flink job failed: the deepest exception of the chain, in one line. */
final class FailureReason {
  private FailureReason() {}

  static String of(Throwable failure) {
    Throwable e = open(failure);
    while (e.getCause() != null && e.getCause() != e) {
      e = open(e.getCause());
    }
    String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ").strip();
    String type = e.getClass().getSimpleName();
    return type + ": " + message + (message.endsWith(".") ? "" : ".");
  }

  private static Throwable open(Throwable e) {
    return e instanceof SerializedThrowable serialized
        ? serialized.deserializeError(FailureReason.class.getClassLoader())
        : e;
  }
}
