package dev.moonflow.jobs.fuzz;

import java.util.Arrays;

/**
 * A broken contract.
 *
 * @param target whose
 * @param kind what was broken
 * @param number of the input in its run, from 0; -1 for a given one
 * @param input what it was broken with
 * @param what happened, in one line
 * @param trace where, one frame per element; empty where that tells nothing
 */
public record Finding(
    String target, Kind kind, long number, byte[] input, String what, StackTraceElement[] trace) {

  /** What can be broken. */
  public enum Kind {
    /** Something was thrown that is no documented refusal. */
    THROWN,
    /** A refusal without a readable sentence. */
    MESSAGE,
    /** More was allocated than the target may. */
    ALLOCATION,
    /** It took longer than an input may. */
    HANG,
    /** A good input was refused. */
    SEED
  }

  /** What makes two findings the same: the kind, the throwable and where it was thrown. */
  String signature() {
    String where =
        Arrays.stream(trace)
            .filter(frame -> frame.getClassName().startsWith("dev.moonflow."))
            .findFirst()
            .map(frame -> frame.getClassName() + "." + frame.getMethodName())
            .orElse("");
    String first = trace.length == 0 ? "" : trace[0].getClassName() + trace[0].getMethodName();
    return kind + " " + where + " " + first + (kind == Kind.MESSAGE ? "" : shape(what));
  }

  /** A message without what differs from input to input. */
  static String shape(String message) {
    int end = message.indexOf(':');
    return (end < 0 ? message : message.substring(0, end)).replaceAll("[0-9]+", "0");
  }

  @Override
  public String toString() {
    String at = trace.length == 0 ? "" : " at " + trace[0];
    return target + ": " + kind + " with " + input.length + " bytes: " + what + at;
  }
}
