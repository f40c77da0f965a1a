package dev.moonflow.model.constraint;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The writings of the numbers from {@code low} to {@code high}, neither of them negative: for each
 * count of digits before the point, digit by digit, remembering whether what was written is still
 * the beginning of the lower or the upper bound.
 */
final class DecimalRange {
  private final ByteNfa nfa;
  private final int before;
  private final int after;
  private final BigDecimal low;
  private final BigDecimal high;

  // For the count of digits at hand.
  private int integers;
  private String lowDigits;
  private String highDigits;
  private int[] nodes;

  DecimalRange(ByteNfa nfa, int before, int after, BigDecimal low, BigDecimal high) {
    this.nfa = nfa;
    this.before = before;
    this.after = after;
    this.low = low;
    this.high = high;
  }

  void append(int from, int to) {
    String lowest = digits(low);
    String highest = digits(high);
    for (integers = 1; integers <= before; integers++) {
      int lowLength = lowest.length() - after;
      int highLength = highest.length() - after;
      if (lowLength > integers || highLength < integers) {
        continue; // every number of this length is too small, or too large
      }
      boolean tightLow = lowLength == integers;
      boolean tightHigh = highLength == integers;
      lowDigits = tightLow ? lowest : null;
      highDigits = tightHigh ? highest : null;
      nodes = new int[(integers + after + 1) * 4];
      nfa.skip(from, node(0, tightLow, tightHigh, to));
    }
  }

  /** All digits, {@code after} of them behind the point, none leading but a single zero. */
  private String digits(BigDecimal bound) {
    String digits = bound.setScale(after, RoundingMode.UNNECESSARY).unscaledValue().toString();
    return "0".repeat(Math.max(0, after + 1 - digits.length())) + digits;
  }

  /** The node behind {@code position} digits. */
  private int node(int position, boolean tightLow, boolean tightHigh, int to) {
    int index = 4 * position + (tightLow ? 2 : 0) + (tightHigh ? 1 : 0);
    if (nodes[index] != 0) {
      return nodes[index];
    }
    int node = nfa.node();
    nodes[index] = node;
    if (position >= integers && (!tightLow || onlyZeros(position))) {
      nfa.skip(node, to);
    }
    if (position == integers && after > 0) {
      int point = nfa.node();
      nfa.bytes(node, point, '.', '.');
      digits(point, position, tightLow, tightHigh, to);
    } else if (position < integers + after) {
      digits(node, position, tightLow, tightHigh, to);
    }
    return node;
  }

  private void digits(int from, int position, boolean tightLow, boolean tightHigh, int to) {
    char first = tightLow ? lowDigits.charAt(position) : '0';
    char last = tightHigh ? highDigits.charAt(position) : '9';
    if (position == 0 && integers > 1 && first == '0') {
      first = '1';
    }
    for (char digit = first; digit <= last; digit++) {
      boolean stillLow = tightLow && digit == lowDigits.charAt(position);
      boolean stillHigh = tightHigh && digit == highDigits.charAt(position);
      nfa.bytes(from, node(position + 1, stillLow, stillHigh, to), digit, digit);
    }
  }

  private boolean onlyZeros(int position) {
    return lowDigits.substring(position).chars().allMatch(c -> c == '0');
  }
}
