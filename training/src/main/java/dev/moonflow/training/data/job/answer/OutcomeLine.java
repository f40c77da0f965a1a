package dev.moonflow.training.data.job.answer;

import dev.moonflow.training.data.answer.Outcome;

/**
 * What became of one example, as a line of {@code outcomes}.
 *
 * @param id of the example
 * @param topic of the example
 * @param outcome what became of it
 * @param answers sampled for it
 * @param good usable ones of them where the best is kept, right ones where verified ones are
 * @param kept conversations written
 * @param reason why the model refused it, or empty
 */
public record OutcomeLine(
    String id, String topic, Outcome outcome, int answers, int good, int kept, String reason) {}
