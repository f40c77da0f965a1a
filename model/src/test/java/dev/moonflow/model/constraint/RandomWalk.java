package dev.moonflow.model.constraint;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;

/** Draws answers of an automaton. */
final class RandomWalk {
  private RandomWalk() {}

  /** An accepted byte string; wanders for a while, then takes the shortest way. */
  static byte[] answer(ByteAutomaton automaton, SplittableRandom random, int wander) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int state = 0;
    for (int step = 0; ; step++) {
      if (automaton.accepts(state) && (step >= wander || random.nextInt(8) == 0)) {
        return bytes.toByteArray();
      }
      if (automaton.isFinal(state)) {
        return bytes.toByteArray();
      }
      int b = step < wander ? random.nextInt(256) : automaton.nearest(state);
      while (automaton.next(state, b) == ByteAutomaton.DEAD) {
        b = (b + 1) & 0xff;
      }
      bytes.write(b);
      state = automaton.next(state, b);
    }
  }
}
