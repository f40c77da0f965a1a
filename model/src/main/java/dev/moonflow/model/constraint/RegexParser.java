package dev.moonflow.model.constraint;

import dev.moonflow.model.constraint.RegexTree.Chars;
import dev.moonflow.model.constraint.RegexTree.Either;
import dev.moonflow.model.constraint.RegexTree.Repeat;
import dev.moonflow.model.constraint.RegexTree.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Reads the regular expressions that the package's description lists, by recursive descent. */
final class RegexParser {
  private static final int CHARACTERS_MAX = 10_000;
  private static final int DEPTH_MAX = 100;
  private static final int REPEAT_MAX = 1_000;
  private static final int END = -1;

  private final int[] pattern;
  private int at;
  private int depth;

  private RegexParser(String pattern) {
    this.pattern = pattern.codePoints().toArray();
  }

  /** The tree of a pattern that must match as a whole. */
  static RegexTree parse(String pattern) throws ConstraintException {
    return read(pattern, false);
  }

  /** The tree of a pattern that may be found anywhere in a text unless it is anchored. */
  static RegexTree parseFind(String pattern) throws ConstraintException {
    return read(pattern, true);
  }

  private static RegexTree read(String pattern, boolean find) throws ConstraintException {
    if (pattern.length() > CHARACTERS_MAX) {
      throw new ConstraintException(
          "the regular expression has %d characters; %d are allowed."
              .formatted(pattern.length(), CHARACTERS_MAX));
    }
    RegexParser parser = new RegexParser(pattern);
    boolean begins = parser.take('^');
    RegexTree tree = parser.either();
    boolean ends = parser.take('$');
    if (parser.peek() != END) {
      throw parser.fault(parser.at, "unexpected '" + Character.toString(parser.peek()) + "'");
    }
    if ((begins || ends) && tree instanceof Either) {
      throw parser.fault(0, "an anchor beside | is ambiguous; put the alternatives into a group");
    }
    if (!find) {
      return tree;
    }
    RegexTree any = new Repeat(new Chars(CodePoints.ALL), 0, Repeat.ENDLESS);
    List<RegexTree> parts = new ArrayList<>();
    if (!begins) {
      parts.add(any);
    }
    parts.add(tree);
    if (!ends) {
      parts.add(any);
    }
    return new Sequence(parts);
  }

  private RegexTree either() throws ConstraintException {
    if (++depth > DEPTH_MAX) {
      throw fault(at, "groups are nested more than " + DEPTH_MAX + " deep");
    }
    List<RegexTree> branches = new ArrayList<>();
    branches.add(sequence());
    while (take('|')) {
      branches.add(sequence());
    }
    depth--;
    return branches.size() == 1 ? branches.get(0) : new Either(branches);
  }

  private RegexTree sequence() throws ConstraintException {
    List<RegexTree> parts = new ArrayList<>();
    while (peek() != END && peek() != '|' && peek() != ')' && peek() != '$') {
      parts.add(quantified());
    }
    return new Sequence(parts);
  }

  private RegexTree quantified() throws ConstraintException {
    RegexTree part = atom();
    boolean repeated = false;
    while (true) {
      int begin = at;
      RegexTree more;
      if (take('*')) {
        more = new Repeat(part, 0, Repeat.ENDLESS);
      } else if (take('+')) {
        more = new Repeat(part, 1, Repeat.ENDLESS);
      } else if (take('?')) {
        more = new Repeat(part, 0, 1);
      } else if (take('{')) {
        more = counted(part, begin);
      } else {
        return part;
      }
      if (repeated) {
        throw fault(begin, "a quantifier follows a quantifier");
      }
      repeated = true;
      take('?'); // lazy or not, what matches as a whole is the same
      part = more;
    }
  }

  private RegexTree counted(RegexTree part, int begin) throws ConstraintException {
    int min = count(begin);
    int max = min;
    if (take(',')) {
      max = peek() == '}' ? Repeat.ENDLESS : count(begin);
    }
    if (!take('}')) {
      throw fault(begin, "a repetition must be {m}, {m,} or {m,n}");
    }
    if (max != Repeat.ENDLESS && max < min) {
      throw fault(begin, "the repetition {" + min + "," + max + "} has its bounds swapped");
    }
    return new Repeat(part, min, max);
  }

  private int count(int begin) throws ConstraintException {
    int first = at;
    int value = 0;
    while (peek() >= '0' && peek() <= '9') {
      value = Math.min(value * 10 + pattern[at++] - '0', REPEAT_MAX + 1);
    }
    if (at == first) {
      throw fault(begin, "a repetition must be {m}, {m,} or {m,n}");
    }
    if (value > REPEAT_MAX) {
      throw fault(begin, "a repetition is above " + REPEAT_MAX);
    }
    return value;
  }

  private RegexTree atom() throws ConstraintException {
    int begin = at;
    int c = pattern[at++];
    switch (c) {
      case '(':
        return group(begin);
      case '[':
        return new Chars(set(begin));
      case '.':
        return new Chars(CodePoints.LINE_TERMINATORS.complement());
      case '\\':
        return new Chars(escape(begin));
      case '*', '+', '?', '{':
        throw fault(begin, "'" + Character.toString(c) + "' has nothing to repeat");
      case '^':
        throw fault(begin, "'^' is understood only at the beginning");
      default:
        return new Chars(CodePoints.of(c, c));
    }
  }

  private RegexTree group(int begin) throws ConstraintException {
    if (take('?') && !take(':')) {
      throw fault(begin, "only plain groups and (?: ) are understood");
    }
    RegexTree inside = either();
    if (!take(')')) {
      throw fault(begin, "the group is not closed");
    }
    return inside;
  }

  /** A class, its opening bracket behind us. */
  private CodePoints set(int begin) throws ConstraintException {
    boolean negated = take('^');
    CodePoints set = CodePoints.none();
    boolean first = true;
    while (first || peek() != ']') {
      first = false;
      if (peek() == END) {
        throw fault(begin, "the character class is not closed");
      }
      int low = at;
      CodePoints item = item();
      if (peek() == '-' && at + 1 < pattern.length && pattern[at + 1] != ']') {
        at++;
        set = set.or(range(low, item, item()));
      } else {
        set = set.or(item);
      }
    }
    at++;
    return negated ? set.complement() : set;
  }

  private CodePoints range(int begin, CodePoints low, CodePoints high) throws ConstraintException {
    boolean single =
        low.ranges() == 1
            && high.ranges() == 1
            && low.first(0) == low.last(0)
            && high.first(0) == high.last(0);
    if (!single || low.first(0) > high.first(0)) {
      throw fault(begin, "a range in a character class must go from a character to a later one");
    }
    return CodePoints.of(low.first(0), high.first(0));
  }

  private CodePoints item() throws ConstraintException {
    int begin = at;
    if (peek() == END) {
      throw fault(begin, "the character class is not closed");
    }
    int c = pattern[at++];
    if (c == '\\') {
      return escape(begin);
    }
    if (c == '[' || c == ']' || (c == '&' && peek() == '&')) {
      throw fault(begin, "'" + Character.toString(c) + "' in a class needs a backslash before it");
    }
    return CodePoints.of(c, c);
  }

  private CodePoints escape(int begin) throws ConstraintException {
    if (peek() == END) {
      throw fault(begin, "the pattern ends with a backslash");
    }
    int c = pattern[at++];
    return switch (c) {
      case 'd' -> CodePoints.DIGITS;
      case 'D' -> CodePoints.DIGITS.complement();
      case 'w' -> CodePoints.WORD;
      case 'W' -> CodePoints.WORD.complement();
      case 's' -> CodePoints.SPACE;
      case 'S' -> CodePoints.SPACE.complement();
      case 't' -> CodePoints.of('\t', '\t');
      case 'n' -> CodePoints.of('\n', '\n');
      case 'r' -> CodePoints.of('\r', '\r');
      case 'f' -> CodePoints.of('\f', '\f');
      case 'x' -> hexadecimal(begin, 2);
      case 'u' -> hexadecimal(begin, 4);
      default -> {
        if (c > 0x7F || Character.isLetterOrDigit(c)) {
          throw fault(begin, "\\" + Character.toString(c) + " is not understood");
        }
        yield CodePoints.of(c, c);
      }
    };
  }

  private CodePoints hexadecimal(int begin, int digits) throws ConstraintException {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = peek() == END ? -1 : Character.digit(pattern[at++], 16);
      if (digit < 0) {
        throw fault(begin, "the escape needs " + digits + " hexadecimal digits");
      }
      value = 16 * value + digit;
    }
    if (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE) {
      throw fault(begin, "a surrogate is no character; write the character itself");
    }
    return CodePoints.of(value, value);
  }

  private int peek() {
    return at < pattern.length ? pattern[at] : END;
  }

  private boolean take(int c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private ConstraintException fault(int where, String what) {
    return new ConstraintException("the regular expression at " + where + ": " + what + ".");
  }
}
