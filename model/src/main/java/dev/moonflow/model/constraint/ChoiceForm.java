package dev.moonflow.model.constraint;

import java.util.List;

/** A list of choices behind a node of an automaton. */
final class ChoiceForm {
  private static final int CHOICES_MAX = 10_000;

  private ChoiceForm() {}

  static int append(List<String> choices, ByteNfa nfa, int from) throws ConstraintException {
    if (choices.isEmpty() || choices.size() > CHOICES_MAX) {
      throw new ConstraintException(
          "choices must hold 1 to %d texts, holds %d.".formatted(CHOICES_MAX, choices.size()));
    }
    int to = nfa.node();
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).isEmpty()) {
        throw new ConstraintException("choices[" + i + "] is empty.");
      }
      nfa.skip(nfa.text(from, choices.get(i)), to);
    }
    return to;
  }
}
