package dev.moonflow.training.stage.cot;

import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.chat.ThinkingSplitter;
import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.rollout.DrawnAnswer;
import dev.moonflow.training.rollout.Prompt;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.answer.Checkers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses the traces of the warm-up set. Of what the model answered the shortest right answer with
 * reasoning is kept (rejection sampling); where there is none, the sample's own steps are woven
 * into a trace, if its answer passes the checker and every operation in them is right.
 */
final class WarmUpSet {
  /** Attribute of a sample of the set: where its trace comes from. */
  static final String TRACE = "trace";

  /** {@link #TRACE} of an answer of the model. */
  static final String SAMPLED = "sampled";

  /** {@link #TRACE} of a trace that was made from the sample's own steps. */
  static final String GENERATED = "generated";

  private WarmUpSet() {}

  /**
   * The sample with a verified trace, or nothing if there is none.
   *
   * @param answers of the model
   * @param seed of the forms of a generated trace
   */
  static Optional<Sample> choose(Sample sample, DrawnAnswer[] answers, long seed) {
    Optional<String> sampled =
        Stream.of(answers)
            .filter(answer -> answer.isRight(sample) && reasons(answer.text()))
            .min(Comparator.comparingInt(answer -> answer.tokens().length))
            .map(DrawnAnswer::text);
    return sampled.isPresent()
        ? sampled.map(text -> with(sample, text, SAMPLED))
        : generated(sample, seed).map(text -> with(sample, text, GENERATED));
  }

  private static boolean reasons(String text) {
    Answer answer = ThinkingSplitter.split(text);
    return !answer.reasoningOpen()
        && !answer.reasoning().isBlank()
        && text.startsWith(ThinkingSplitter.OPEN);
  }

  private static Optional<String> generated(Sample sample, long seed) {
    StringBuilder own = new StringBuilder();
    for (Part part : sample.parts().subList(Prompt.asked(sample).size(), sample.parts().size())) {
      own.append(part instanceof Part.Text text ? text.text() : "");
    }
    Answer answer = ThinkingSplitter.split(own.toString());
    boolean verified =
        reasons(own.toString())
            && Checkers.of(sample).accepts(sample.answer().orElseThrow(), own.toString())
            && Equation.in(answer.reasoning()).stream().allMatch(Equation::holds);
    if (!verified) {
      return Optional.empty();
    }
    String woven =
        TraceForms.weave(answer.reasoning().lines().toList(), KeyedHash.derive(seed, sample.id()));
    return Optional.of(ThinkingSplitter.OPEN + woven + ThinkingSplitter.CLOSE + answer.text());
  }

  private static Sample with(Sample sample, String answer, String trace) {
    List<Part> parts = new ArrayList<>(Prompt.asked(sample));
    parts.add(new Part.Text(Role.ASSISTANT, answer));
    Map<String, String> attributes = new HashMap<>(sample.attributes());
    attributes.put(TRACE, trace);
    return new Sample(
        sample.id(),
        sample.category(),
        sample.topic(),
        sample.source(),
        sample.seed(),
        parts,
        sample.regions(),
        sample.answer(),
        attributes);
  }
}
