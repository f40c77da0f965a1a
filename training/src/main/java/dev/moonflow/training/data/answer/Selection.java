package dev.moonflow.training.data.answer;

import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.answer.Checker;
import dev.moonflow.training.sample.answer.SampledAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Chooses among the answers to one example; an answer that was cut off is never chosen. */
public final class Selection {
  private Selection() {}

  /**
   * The example with the best of its sampled answers in place of its own; ties go to the one
   * sampled first. The attribute {@code ranked} has its score.
   */
  public static Decision best(Sample sample, List<SampledAnswer> answers, AnswerRanker ranker) {
    List<SampledAnswer> usable = answers.stream().filter(SampledAnswer::isUsable).toList();
    if (usable.isEmpty()) {
      return unusable(answers);
    }
    double[] scores = ranker.scores(sample, usable.stream().map(a -> a.split().text()).toList());
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best] || (Double.isNaN(scores[best]) && !Double.isNaN(scores[i]))) {
        best = i;
      }
    }
    String score = String.format(Locale.ROOT, "%.6g", scores[best]);
    Sample chosen =
        withAnswer(sample, sample.category(), usable.get(best).text(), "", Map.of("ranked", score));
    return new Decision(Outcome.KEPT, "", answers.size(), usable.size(), List.of(chosen));
  }

  /**
   * The example with sampled answers that are right, different ones only, the shortest first. One
   * that reasons makes the example {@link Category#REASONING}. The attribute {@code success_rate}
   * says how hard the example was; those that are always right teach little and may be dropped by
   * it.
   *
   * @param most answers to keep; 0 for all
   */
  public static Decision verified(
      Sample sample, List<SampledAnswer> answers, Checker checker, int most) {
    Optional<String> expected = sample.answer();
    if (expected.isEmpty()) {
      return Decision.without(Outcome.NOTHING_TO_CHECK, answers.size());
    }
    List<SampledAnswer> usable = answers.stream().filter(SampledAnswer::isUsable).toList();
    if (usable.isEmpty()) {
      return unusable(answers);
    }
    List<SampledAnswer> right =
        usable.stream()
            .filter(answer -> checker.accepts(expected.get(), answer.text()))
            .sorted(Comparator.comparingInt(SampledAnswer::tokens)) // stable
            .toList();
    if (right.isEmpty()) {
      return Decision.without(Outcome.NOT_RIGHT, answers.size());
    }
    String rate = String.format(Locale.ROOT, "%.3f", (double) right.size() / answers.size());
    List<Sample> kept = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    for (SampledAnswer answer : right) {
      if ((most == 0 || kept.size() < most) && texts.add(answer.text())) {
        boolean reasons = !answer.split().reasoning().isEmpty();
        kept.add(
            withAnswer(
                sample,
                reasons ? Category.REASONING : sample.category(),
                answer.text(),
                "#" + kept.size(),
                Map.of("success_rate", rate)));
      }
    }
    return new Decision(Outcome.KEPT, "", answers.size(), right.size(), kept);
  }

  private static Decision unusable(List<SampledAnswer> answers) {
    boolean ended = answers.stream().anyMatch(SampledAnswer::ended);
    return Decision.without(ended ? Outcome.BLANK : Outcome.CUT_OFF, answers.size());
  }

  /** The conversation up to its last turn of the assistant, then another turn. */
  private static Sample withAnswer(
      Sample sample, Category category, String answer, String suffix, Map<String, String> more) {
    List<Part> parts = new ArrayList<>(prompt(sample));
    List<Region> regions =
        sample.regions().stream().filter(region -> region.part() < parts.size()).toList();
    parts.add(new Part.Text(Role.ASSISTANT, answer));
    Map<String, String> attributes = new TreeMap<>(sample.attributes());
    attributes.putAll(more);
    return new Sample(
        sample.id() + suffix,
        category,
        sample.topic(),
        sample.source(),
        sample.seed(),
        parts,
        regions,
        sample.answer(),
        attributes);
  }

  /** Whether a turn of the user waits for the assistant's last turn. */
  public static boolean asks(Sample sample) {
    List<Part> prompt = prompt(sample);
    return !prompt.isEmpty() && prompt.get(prompt.size() - 1).role() == Role.USER;
  }

  /** The parts of a conversation before the last turn of the assistant. */
  private static List<Part> prompt(Sample sample) {
    int end = sample.parts().size();
    while (end > 0 && sample.parts().get(end - 1).role() == Role.ASSISTANT) {
      end--;
    }
    return sample.parts().subList(0, end);
  }
}
