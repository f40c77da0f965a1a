package dev.moonflow.training.evaluation.needle;

import dev.moonflow.training.evaluation.EvaluationException;
import java.util.List;

/**
 * Which needles to look for.
 *
 * @param kind text or video
 * @param lengths tokens of the prompts, each from 128 to 1,048,576
 * @param depths where the needle lies, from 0 (the beginning) to 1 (the end)
 * @param repeats needles for each length and depth
 * @param seed of haystacks and needles
 * @param plain whether the prompt is bare text that ends just before the number, for models that
 *     never saw a conversation; text only
 * @param maxNewTokens tokens of an answer at most
 */
public record NeedleSettings(
    NeedleKind kind,
    List<Integer> lengths,
    List<Double> depths,
    int repeats,
    long seed,
    boolean plain,
    int maxNewTokens) {
  static final int LENGTH_MIN = 128;
  static final int LENGTH_MAX = 1 << 20;
  private static final int NEEDLES_MAX = 100_000;
  private static final int TOKENS_DEFAULT = 24;

  public NeedleSettings {
    lengths = List.copyOf(lengths);
    depths = List.copyOf(depths);
    if (lengths.isEmpty() || depths.isEmpty() || repeats < 1 || maxNewTokens < 1) {
      throw new EvaluationException(
          "Needle recall needs at least one length, one depth, one repeat and one new token.");
    }
    for (int length : lengths) {
      if (length < LENGTH_MIN || length > LENGTH_MAX) {
        throw new EvaluationException(
            "A haystack has from %d to %d tokens, not %d."
                .formatted(LENGTH_MIN, LENGTH_MAX, length));
      }
    }
    for (double depth : depths) {
      if (!(depth >= 0 && depth <= 1)) {
        throw new EvaluationException("A needle's depth lies from 0 to 1, not at " + depth + ".");
      }
    }
    if ((long) lengths.size() * depths.size() * repeats > NEEDLES_MAX) {
      throw new EvaluationException("More than " + NEEDLES_MAX + " needles were asked for.");
    }
    if (plain && kind == NeedleKind.VIDEO) {
      throw new EvaluationException("A bare text has no frames: plain goes with kind TEXT only.");
    }
  }

  /** One needle for each length and depth, in a conversation. */
  public static NeedleSettings of(
      NeedleKind kind, List<Integer> lengths, List<Double> depths, long seed) {
    return new NeedleSettings(kind, lengths, depths, 1, seed, false, TOKENS_DEFAULT);
  }

  /** The same with so many needles for each length and depth. */
  public NeedleSettings withRepeats(int times) {
    return new NeedleSettings(kind, lengths, depths, times, seed, plain, maxNewTokens);
  }

  /** The same as bare text to continue. */
  public NeedleSettings asPlainText() {
    return new NeedleSettings(kind, lengths, depths, repeats, seed, true, maxNewTokens);
  }

  int needles() {
    return lengths.size() * depths.size() * repeats;
  }
}
