package dev.moonflow.model.conformance;

import dev.moonflow.model.Probe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps a copy of every stage of a forward pass, by name. */
final class StageRecorder implements Probe {
  private final Map<String, float[]> stages = new LinkedHashMap<>();

  @Override
  public void tensor(String name, float[] values, int... shape) {
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    stages.put(name, Arrays.copyOf(values, count));
  }

  /** Values by stage, in the order of the pass. */
  Map<String, float[]> stages() {
    return stages;
  }

  /**
   * How far this pass over one image is from the rows of a golden batch that begin at a patch: the
   * mean absolute difference of the first stage that both have, or infinity.
   */
  double distance(GoldenTensors batch, int firstPatch, int patches) {
    for (Map.Entry<String, float[]> stage : stages.entrySet()) {
      if (!batch.has(stage.getKey())) {
        continue;
      }
      float[] own = stage.getValue();
      float[] all = batch.floats(stage.getKey());
      // Merged stages have fewer rows of more values: as many per patch on average.
      int from = Math.toIntExact((long) firstPatch * own.length / patches);
      if (from + own.length > all.length) {
        return Double.POSITIVE_INFINITY;
      }
      double sum = 0;
      for (int i = 0; i < own.length; i++) {
        sum += Math.abs((double) own[i] - all[from + i]);
      }
      return sum / own.length;
    }
    return Double.POSITIVE_INFINITY;
  }
}
