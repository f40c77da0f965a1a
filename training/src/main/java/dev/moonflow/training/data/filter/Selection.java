package dev.moonflow.training.data.filter;

import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.answer.AnswerSampler;
import dev.moonflow.training.sample.answer.Checker;
import dev.moonflow.training.sample.answer.Checkers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Builds conversations from a model's own answers (SPEC section 12.3): the best of several for
 * instructions, those that a checker accepts for reasoning.
 */
public final class Selection {
  private Selection() {}

  /**
   * Each example with the best of several sampled answers in place of its own; ties go to the one
   * sampled first. An example whose answers are all blank is left out.
   */
  public static List<Sample> best(
      List<Sample> samples, AnswerSampler sampler, int count, long seed, AnswerRanker ranker) {
    List<List<String>> answers = sampler.answers(samples, count, seed);
    List<Sample> chosen = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      String best = null;
      double bestScore = Double.NEGATIVE_INFINITY;
      for (String answer : answers.get(i)) {
        double score = ranker.score(samples.get(i), answer);
        if (!answer.isBlank() && (best == null || score > bestScore)) {
          best = answer;
          bestScore = Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
        }
      }
      if (best != null) {
        Map<String, String> more = Map.of("ranked", String.format(Locale.ROOT, "%.6g", bestScore));
        chosen.add(withAnswer(samples.get(i), best, "", more));
      }
    }
    return chosen;
  }

  /**
   * Conversations with sampled answers that are right, different ones only, at most {@code keep} of
   * an example. The attribute {@code success_rate} says how hard the example was; those that are
   * always right teach nothing and may be dropped by it.
   */
  public static List<Sample> accepted(
      List<Sample> samples, AnswerSampler sampler, int count, long seed, int keep) {
    List<List<String>> answers = sampler.answers(samples, count, seed);
    List<Sample> chosen = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      String expected =
          sample
              .answer()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "example " + sample.id() + " has no answer to check against"));
      Checker checker = Checkers.of(sample);
      Set<String> right = new LinkedHashSet<>();
      int accepted = 0;
      for (String answer : answers.get(i)) {
        if (checker.accepts(expected, answer)) {
          accepted++;
          right.add(answer);
        }
      }
      String rate = String.format(Locale.ROOT, "%.3f", (double) accepted / count);
      int number = 0;
      for (String answer : right) {
        if (number < keep) {
          chosen.add(withAnswer(sample, answer, "#" + number, Map.of("success_rate", rate)));
          number++;
        }
      }
    }
    return chosen;
  }

  /** The conversation up to its last turn of the assistant, then another turn. */
  private static Sample withAnswer(
      Sample sample, String answer, String suffix, Map<String, String> more) {
    List<Part> parts = new ArrayList<>(prompt(sample));
    parts.add(new Part.Text(Role.ASSISTANT, answer));
    Map<String, String> attributes = new TreeMap<>(sample.attributes());
    attributes.putAll(more);
    List<Region> regions =
        sample.regions().stream().filter(region -> region.part() < parts.size()).toList();
    return new Sample(
        sample.id() + suffix,
        sample.category(),
        sample.topic(),
        sample.source(),
        sample.seed(),
        parts,
        regions,
        sample.answer(),
        attributes);
  }

  /** The parts of a conversation before the last turn of the assistant. */
  public static List<Part> prompt(Sample sample) {
    int end = sample.parts().size();
    while (end > 0 && sample.parts().get(end - 1).role() == Role.ASSISTANT) {
      end--;
    }
    return sample.parts().subList(0, end);
  }
}
