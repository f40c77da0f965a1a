package dev.moonflow.training.evaluation.metric;

/** The distance of Levenshtein (1966): insertions, deletions and replacements, each at cost 1. */
final class EditDistance {
  /** Symbols of either side at most; beyond, an answer is no reading of anything. */
  static final int SYMBOLS_MAX = 20_000;

  private EditDistance() {}

  /** Between texts, by code points. */
  static int ofCodePoints(String a, String b) {
    return of(a.codePoints().boxed().toArray(), b.codePoints().boxed().toArray());
  }

  /**
   * Between sequences, in time |a| |b| and memory |b|. Past {@link #SYMBOLS_MAX} a side is cut, and
   * what was cut off counts as an edit each.
   */
  static int of(Object[] a, Object[] b) {
    int rows = Math.min(a.length, SYMBOLS_MAX);
    int columns = Math.min(b.length, SYMBOLS_MAX);
    int cut = Math.max(a.length - rows, b.length - columns);
    int[] above = new int[columns + 1];
    for (int j = 0; j <= columns; j++) {
      above[j] = j;
    }
    int[] row = new int[columns + 1];
    for (int i = 1; i <= rows; i++) {
      row[0] = i;
      for (int j = 1; j <= columns; j++) {
        int replaced = above[j - 1] + (a[i - 1].equals(b[j - 1]) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      int[] swap = above;
      above = row;
      row = swap;
    }
    return above[columns] + cut;
  }
}
