package dev.moonflow.training.data.job;

import dev.moonflow.training.sample.SampleException;

/** What a failed Flink job says to a person. */
public final class JobFailure {
  private JobFailure() {}

  /** The sentence of what failed first, without Flink's frames around it. */
  public static SampleException sentence(Exception failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SampleException known) {
        return known;
      }
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.toString() : root.getMessage();
    return new SampleException("the job failed: " + text.lines().findFirst().orElse(""), failure);
  }
}
