package dev.moonflow.training.data.answer;

import dev.moonflow.training.sample.Sample;
import java.util.List;

/**
 * What was decided about an example.
 *
 * @param outcome what became of it
 * @param reason one sentence where the model refused it, else empty
 * @param answers sampled for it
 * @param good of them: usable ones when the best is kept, accepted ones when verified ones are
 * @param kept the conversations with their new answers; empty unless {@link Outcome#KEPT}
 */
public record Decision(Outcome outcome, String reason, int answers, int good, List<Sample> kept) {
  public Decision {
    kept = List.copyOf(kept);
  }

  static Decision without(Outcome outcome, int answers) {
    return new Decision(outcome, "", answers, 0, List.of());
  }
}
