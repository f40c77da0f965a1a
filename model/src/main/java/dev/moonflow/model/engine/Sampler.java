package dev.moonflow.model.engine;

import dev.moonflow.kernels.math.Softmax;
import dev.moonflow.kernels.math.Transcendentals;
import java.util.Arrays;

/**
 * Chooses the next token from a row of logits. The choice depends on the logits, the parameters and
 * the position alone: weights come from the project's one exp, sums are taken in one order in
 * double precision, and the draw is a function of seed and position.
 */
final class Sampler {

  private Sampler() {}

  /** The id of the next token, whichever it is. */
  static int next(
      float[] logits, int offset, int vocab, SamplingParameters parameters, int position) {
    return next(logits, offset, vocab, parameters, position, null);
  }

  /**
   * The id of the next token.
   *
   * @param logits holds a row of {@code vocab} values from {@code offset}; only read
   * @param position how many tokens were generated before, resumed ones included
   * @param allowed the ids that may be chosen as bits, at least one; null for all
   * @throws ArithmeticException if the largest logit is not a finite number
   */
  static int next(
      float[] logits,
      int offset,
      int vocab,
      SamplingParameters parameters,
      int position,
      long[] allowed) {
    int best =
        allowed == null
            ? argmax(logits, offset, vocab)
            : argmaxAllowed(logits, offset, vocab, allowed);
    float max = logits[offset + best];
    if (!Float.isFinite(max)) {
      throw new ArithmeticException("the largest logit is " + max);
    }
    if (parameters.temperature() == 0f) {
      return best;
    }
    float[] weights = new float[vocab];
    double total = 0;
    for (int id = 0; id < vocab; id++) {
      if (allowed != null && !isAllowed(allowed, id)) {
        continue; // weighs nothing, as if its logit were minus infinity
      }
      weights[id] = Transcendentals.exp((logits[offset + id] - max) / parameters.temperature());
      total += weights[id];
    }
    double draw = Philox.uniform(parameters.seed(), position);
    return parameters.topP() == 1f
        ? inIdOrder(weights, draw * total)
        : inNucleus(weights, total, parameters.topP(), draw);
  }

  /**
   * The logarithm of the probability that the model itself gives a token: of all tokens and at
   * temperature 1, whatever it was chosen from. Sums in id order, so that it is the same bits
   * wherever the logits are.
   */
  static float logProbability(float[] logits, int offset, int vocab, int token) {
    float max = Softmax.max(logits, offset, vocab);
    double total = Softmax.sumOfExp(logits, offset, vocab, max);
    return (float) (logits[offset + token] - max - StrictMath.log(total));
  }

  /** The lowest id of the largest value; a NaN wins, so that it cannot pass unseen. */
  private static int argmax(float[] logits, int offset, int vocab) {
    float max = Softmax.max(logits, offset, vocab);
    int best = -1;
    for (int id = 0; id < vocab && best < 0; id++) {
      float value = logits[offset + id];
      best = value == max || Float.isNaN(value) ? id : best;
    }
    return best;
  }

  /** The same among the allowed ids; a NaN wins wherever it is. */
  private static int argmaxAllowed(float[] logits, int offset, int vocab, long[] allowed) {
    int best = -1;
    for (int id = 0; id < vocab; id++) {
      float value = logits[offset + id];
      boolean larger = best < 0 || value > logits[offset + best];
      if (Float.isNaN(value) || (larger && isAllowed(allowed, id))) {
        best = id;
      }
    }
    if (best < 0) {
      throw new ArithmeticException("the constraint allows no token");
    }
    return best;
  }

  private static boolean isAllowed(long[] allowed, int id) {
    return (allowed[id >> 6] >>> id & 1) != 0;
  }

  private static int inIdOrder(float[] weights, double target) {
    double sum = 0;
    int last = 0;
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] > 0) {
        last = id;
        sum += weights[id];
        if (sum > target) {
          return id;
        }
      }
    }
    return last;
  }

  /**
   * Draws from the nucleus: the heaviest tokens, ties to the lower id, up to the first that brings
   * their mass to {@code topP}.
   */
  private static int inNucleus(float[] weights, double total, float topP, double draw) {
    long[] candidates = heaviestLast(weights, total, topP);
    double wanted = topP * total;
    double mass = 0;
    int first = candidates.length;
    while (first > 0 && (first == candidates.length || mass < wanted)) {
      mass += weight(candidates[--first]);
    }
    double target = draw * mass;
    double sum = 0;
    for (int i = candidates.length - 1; i > first; i--) {
      sum += weight(candidates[i]);
      if (sum > target) {
        return id(candidates[i]);
      }
    }
    return id(candidates[first]);
  }

  /**
   * Tokens that may be in the nucleus, sorted. Those lighter than (1 - topP) / V of the total weigh
   * less than 1 - topP together, so the nucleus is full before it comes to them.
   */
  private static long[] heaviestLast(float[] weights, double total, float topP) {
    double least = (1.0 - topP) * total / weights.length;
    long[] candidates = new long[weights.length];
    int count = 0;
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] >= least && weights[id] > 0) {
        // Bits of positive floats sort like the floats; the inverted id puts lower ids later.
        candidates[count++] =
            (long) Float.floatToRawIntBits(weights[id]) << 32 | (Integer.MAX_VALUE - id);
      }
    }
    candidates = Arrays.copyOf(candidates, count);
    Arrays.sort(candidates);
    return candidates;
  }

  private static float weight(long candidate) {
    return Float.intBitsToFloat((int) (candidate >>> 32));
  }

  private static int id(long candidate) {
    return Integer.MAX_VALUE - (int) candidate;
  }
}
