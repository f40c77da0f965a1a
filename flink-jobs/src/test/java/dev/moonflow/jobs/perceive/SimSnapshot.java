package dev.moonflow.jobs.perceive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** A checkpoint of a simulated job, pending or complete. */
final class SimSnapshot {
  final SimBarrier barrier;
  final int[] positions;
  final Part[] parts;
  final boolean[] injected;
  final List<Overtaken> overtaken = new ArrayList<>();

  /** Whether nothing was going on any more when it was taken. */
  boolean quiet = true;

  /** Whether the clock had passed every timer when it was taken. */
  boolean late = true;

  /** What a subtask gives to a checkpoint. */
  record Part(
      OperatorSubtaskState perceive,
      OperatorSubtaskState documents,
      List<SimOutput> written,
      Map<String, SimEngine.Standing> reached) {}

  /** An element that a barrier overtook in the inputs of a source. */
  record Overtaken(int source, SimCase.Timed element) {}

  SimSnapshot(long checkpoint, int sources, int tasks) {
    barrier = new SimBarrier(checkpoint);
    positions = new int[sources];
    injected = new boolean[sources];
    parts = new Part[tasks];
  }

  boolean complete() {
    for (Part part : parts) {
      if (part == null) {
        return false;
      }
    }
    for (boolean each : injected) {
      if (!each) {
        return false;
      }
    }
    return true;
  }

  /** Where each request of every subtask stood, by prompt. */
  Map<String, SimEngine.Standing> reached() {
    Map<String, SimEngine.Standing> all = new HashMap<>();
    for (Part part : parts) {
      all.putAll(part.reached());
    }
    return all;
  }
}
