package dev.moonflow.training.data.answer;

import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.answer.Checker;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Ranks by nearness. Where the example's answer is known: how near an answer comes to it, 1 if a
 * checker accepts it, and the more typical of equals is the better. Where it is not: how typical an
 * answer is, its mean likeness to the others, which is what minimum Bayes risk decoding chooses.
 * Likeness is Dice's coefficient of three-character shingles, case and white space aside, 0 to 1.
 */
public final class NearestAnswer implements AnswerRanker {
  private static final int SHINGLE = 3;

  /** Less than any difference of nearness that means something. */
  private static final double TIE = 1e-3;

  private final Function<Sample, Checker> checkers;

  /** A ranking with the checker of each example. */
  public NearestAnswer(Function<Sample, Checker> checkers) {
    this.checkers = checkers;
  }

  @Override
  public double[] scores(Sample sample, List<String> answers) {
    List<Map<String, Integer>> shingles = answers.stream().map(NearestAnswer::shingles).toList();
    double[] scores = new double[answers.size()];
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        scores[i] += i == j ? 0 : likeness(shingles.get(i), shingles.get(j));
      }
      scores[i] /= Math.max(1, scores.length - 1);
    }
    if (sample.answer().isPresent()) {
      String expected = sample.answer().get();
      Checker checker = checkers.apply(sample);
      for (int i = 0; i < scores.length; i++) {
        boolean right = checker.accepts(expected, answers.get(i));
        double near = right ? 1 : likeness(shingles(expected), shingles.get(i)) * (1 - 2 * TIE);
        scores[i] = near + TIE * scores[i];
      }
    }
    return scores;
  }

  private static Map<String, Integer> shingles(String text) {
    String plain = "  " + text.toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ") + " ";
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i + SHINGLE <= plain.length(); i++) {
      counts.merge(plain.substring(i, i + SHINGLE), 1, Integer::sum);
    }
    return counts;
  }

  private static double likeness(Map<String, Integer> a, Map<String, Integer> b) {
    long common = 0;
    for (Map.Entry<String, Integer> each : a.entrySet()) {
      common += Math.min(each.getValue(), b.getOrDefault(each.getKey(), 0));
    }
    long all = total(a) + total(b);
    return all == 0 ? 1 : 2.0 * common / all;
  }

  private static long total(Map<String, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }
}
