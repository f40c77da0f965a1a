package dev.moonflow.jobs.cli.flink;

import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;

/** Why a Flink job ended: the deepest exception of the chain, in one line. */
final class FailureReason {
  private FailureReason() {}

  static String of(SerializedThrowable failure) {
    if (failure == null) {
      return "it was cancelled.";
    }
    Throwable e = failure.deserializeError(FailureReason.class.getClassLoader());
    e = ExceptionUtils.stripException(e, org.apache.flink.runtime.JobException.class);
    while (e.getCause() != null && e.getCause() != e) {
      e = e.getCause();
    }
    String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ").strip();
    return e.getClass().getSimpleName() + ": " + message + (message.endsWith(".") ? "" : ".");
  }
}
