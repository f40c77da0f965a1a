package dev.moonflow.training.data.subject;

import java.util.List;

/**
 * A question with its exact answer.
 *
 * @param text the question
 * @param steps sentences that lead to the answer; empty where one look is enough
 * @param answer what a checker compares with
 */
public record Question(String text, List<String> steps, String answer) {
  /** One that a look answers. */
  static Question look(String text, String answer) {
    return new Question(text, List.of(), answer);
  }
}
