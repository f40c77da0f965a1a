package dev.moonflow.model.constraint;

import dev.moonflow.model.constraint.RegexTree.Chars;
import dev.moonflow.model.constraint.RegexTree.Either;
import dev.moonflow.model.constraint.RegexTree.Repeat;
import dev.moonflow.model.constraint.RegexTree.Sequence;

/** Thompson's construction: a regular expression behind a node of an automaton. */
final class RegexForm {
  private RegexForm() {}

  /** Appends a tree; returns the node where it ends. */
  static int append(RegexTree tree, CharEncoding encoding, ByteNfa nfa, int from) {
    if (nfa.isTooLarge()) {
      return from; // it will be refused; repetitions in repetitions need not be walked to the end
    }
    if (tree instanceof Chars chars) {
      int to = nfa.node();
      encoding.append(chars.set(), nfa, from, to);
      return to;
    }
    if (tree instanceof Sequence sequence) {
      int at = from;
      for (RegexTree part : sequence.parts()) {
        at = append(part, encoding, nfa, at);
      }
      return at;
    }
    if (tree instanceof Either either) {
      int to = nfa.node();
      for (RegexTree part : either.parts()) {
        nfa.skip(append(part, encoding, nfa, from(nfa, from)), to);
      }
      return to;
    }
    Repeat repeat = (Repeat) tree;
    return repeat(
        repeat.min(), repeat.max(), nfa, from, at -> append(repeat.part(), encoding, nfa, at));
  }

  /** A node of a branch's own, so that loops of one branch do not lead into another. */
  private static int from(ByteNfa nfa, int from) {
    int branch = nfa.node();
    nfa.skip(from, branch);
    return branch;
  }

  /** Something that appends itself behind a node and says where it ends. */
  interface Part {
    int append(int from);
  }

  /** Repeats a part; each optional one has a way to the end, so that no closure grows long. */
  static int repeat(int min, int max, ByteNfa nfa, int from, Part part) {
    int at = from;
    for (int i = 0; i < min && !nfa.isTooLarge(); i++) {
      at = part.append(at);
    }
    int to = nfa.node();
    if (max == Repeat.ENDLESS) {
      int loop = from(nfa, at);
      nfa.skip(part.append(loop), loop);
      nfa.skip(loop, to);
      return to;
    }
    for (int i = min; i < max && !nfa.isTooLarge(); i++) {
      nfa.skip(at, to);
      at = part.append(from(nfa, at));
    }
    nfa.skip(at, to);
    return to;
  }
}
