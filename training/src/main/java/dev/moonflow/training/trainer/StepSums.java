package dev.moonflow.training.trainer;

import dev.moonflow.training.network.ExpertLoad;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** What the micro-batches of a step add up to, on this rank and then on all. */
final class StepSums {
  private double loss;
  private double weight;
  private double tokens;
  private ExpertLoad load;
  private final Map<String, Double> metrics = new LinkedHashMap<>();

  void add(Loss part, double value) {
    loss += value;
    weight += part.weight();
    tokens += part.tokens();
    part.load().ifPresent(more -> load = load == null ? more : load.plus(more));
    part.metrics().forEach((name, metric) -> metrics.merge(name, metric, Double::sum));
  }

  /** Adds the other ranks' sums; all ranks have the same metrics and layers. */
  void reduce(Ranks ranks) {
    TreeSet<String> names = new TreeSet<>(metrics.keySet());
    long[][] counts = load == null ? new long[0][] : load.counts();
    int size = 3 + names.size();
    for (long[] layer : counts) {
      size += layer.length;
    }
    double[] values = new double[size];
    values[0] = loss;
    values[1] = weight;
    values[2] = tokens;
    int at = 3;
    for (String name : names) {
      values[at++] = metrics.get(name);
    }
    for (long[] layer : counts) {
      for (long count : layer) {
        values[at++] = count;
      }
    }
    unpack(ranks.sum(values), names, counts);
  }

  private void unpack(double[] sums, TreeSet<String> names, long[][] counts) {
    loss = sums[0];
    weight = sums[1];
    tokens = sums[2];
    int at = 3;
    for (String name : names) {
      metrics.put(name, sums[at++]);
    }
    long[][] total = new long[counts.length][];
    for (int layer = 0; layer < counts.length; layer++) {
      total[layer] = new long[counts[layer].length];
      for (int e = 0; e < total[layer].length; e++) {
        total[layer][e] = (long) sums[at++];
      }
    }
    load = counts.length == 0 ? null : new ExpertLoad(total);
  }

  /** Mean loss. */
  double meanLoss() {
    return loss / weight;
  }

  double weight() {
    return weight;
  }

  /** Choices of experts, or null where the language model took no part. */
  ExpertLoad load() {
    return load;
  }

  StepRecord record(long step, double rate, double norm, double seconds) {
    Map<String, Double> means = new LinkedHashMap<>();
    metrics.forEach((name, sum) -> means.put(name, sum / weight));
    double violation = load == null ? 0 : load.maxViolation();
    return new StepRecord(step, meanLoss(), rate, norm, (long) tokens, seconds, violation, means);
  }
}
