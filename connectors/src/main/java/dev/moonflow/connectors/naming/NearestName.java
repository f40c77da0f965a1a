package dev.moonflow.connectors.naming;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody probably meant: the name with the fewest letters to change. */
public final class NearestName {
  private NearestName() {}

  /** The nearest of the known names; the first in alphabetical order where several are as near. */
  public static String to(String name, Collection<String> known) {
    return known.stream()
        .sorted()
        .min(Comparator.comparingInt(k -> distance(name, k)))
        .orElseThrow(() -> new IllegalArgumentException("no names to choose from"));
  }

  /** Levenshtein's edit distance. */
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
